package io.jenkins.plugins.octopod.pipeline.pullrequest;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.LogTaskListener;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.checks.api.ChecksPublisher;
import io.jenkins.plugins.checks.api.ChecksPublisher.NullChecksPublisher;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.octopod.pipeline.execution.DeploymentListener;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.access.PullRequestChecks;
import io.jenkins.plugins.octopod.staging.AbsoluteUrl;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.util.Timer;
import org.jenkinsci.plugins.variant.OptionalExtension;

/**
 * Publishes the checks of deployments on threads of its own, because publishers send HTTP requests. The checks of one
 * staging are published one after the other, those of different stagings in parallel. What is published is the current
 * state, so a state that lasts only a moment can be left out.
 */
@OptionalExtension(requirePlugins = ChecksPlugin.CHECKS)
public final class CheckDispatcher extends DeploymentListener {

    private static final Logger LOGGER = Logger.getLogger(CheckDispatcher.class.getName());

    private static final int THREADS = 4;

    private final Map<Staging, StagingChecks> known = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            new NamingThreadFactory(new DaemonThreadFactory(), "Octopod checks in pull requests"));
    private final ExecutorService system;

    public CheckDispatcher() {
        threads.allowCoreThreadTimeOut(true);
        system = new ImpersonatingExecutorService(threads, ACL.SYSTEM2);
    }

    private static CheckDispatcher get() {
        return ExtensionList.lookupSingleton(CheckDispatcher.class);
    }

    @Override
    public void onAccepted(Run<?, ?> build, Staging staging, String requestId) {
        if (staging.getParent().getPullRequestChecks() != PullRequestChecks.NONE) {
            StagingChecks checks = known.computeIfAbsent(staging, StagingChecks::new);
            checks.add(PublishedCheck.of(requestId, build, staging.getFullName()));
            publishSoon(checks);
        }
    }

    @Override
    public void onRefused(Run<?, ?> build, OctopodProject project, String staging, String reason) {
        if (project.getPullRequestChecks() != PullRequestChecks.NONE) {
            CheckContent content = CheckContentFactory.refused(reason, AbsoluteUrl.of(build.getUrl()));
            String name = project.getFullName() + '/' + staging;
            StagingChecks earlier =
                    project.childOrNull(staging) instanceof Staging existing ? known.get(existing) : null;
            if (earlier != null) {
                earlier.removeOf(build.getExternalizableId());
            }
            execute(() -> publishRefusal(build, name, content));
        }
    }

    private static void publishRefusal(Run<?, ?> build, String name, CheckContent content) {
        try {
            publisher(build).publish(content.details(name));
        } catch (RuntimeException | LinkageError e) {
            LOGGER.log(Level.WARNING, e, () -> "The check " + name + " of " + build + " couldn’t be published");
        }
    }

    private void execute(Runnable task) {
        try {
            system.execute(task);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, e, () -> "Jenkins is stopping");
        }
    }

    private void changed(Staging staging) {
        StagingChecks checks = known.get(staging);
        if (checks != null) {
            publishSoon(checks);
        }
    }

    private void publishSoon(StagingChecks checks) {
        if (checks.acquire()) {
            execute(() -> publishAll(checks));
        }
    }

    private void publishAll(StagingChecks checks) {
        try {
            do {
                for (PublishedCheck check : checks.list()) {
                    if (checks.isDue(check)) {
                        publishOrRetry(checks, check);
                    }
                }
                checks.removeFinal();
            } while (!checks.releaseIfUnchanged());
        } catch (RuntimeException | Error e) {
            checks.release();
            throw e;
        }
    }

    private void publishOrRetry(StagingChecks checks, PublishedCheck check) {
        try {
            publish(checks, check);
            checks.retries().succeeded(check);
        } catch (RuntimeException | LinkageError e) {
            Duration pause = checks.retries().failed(check);
            if (pause != null) {
                LOGGER.log(Level.FINE, e, () -> check.name() + " couldn’t be published and is tried again");
                Timer.get().schedule(() -> publishSoon(checks), pause.toMillis(), TimeUnit.MILLISECONDS);
            } else {
                LOGGER.log(
                        Level.WARNING,
                        e,
                        () -> "The check " + check.name() + " of " + check.buildId() + " couldn’t be published");
                checks.remove(check);
            }
        }
    }

    private static void publish(StagingChecks checks, PublishedCheck check) {
        Run<?, ?> build = check.build();
        CheckPhase phase = check.phase();
        boolean deployed = phase != null && phase.isDeployed();
        boolean published = checks.staging().getParent().getPullRequestChecks() != PullRequestChecks.NONE;
        // A deployment that isn’t over gets its end in any case, because the pull request might wait for it.
        if (build == null || deployed && !published) {
            checks.remove(check);
            return;
        }
        CheckContentFactory contents = new CheckContentFactory(checks.staging());
        CheckContent content =
                checks.isDeleted() ? contents.deleted(check, AbsoluteUrl.of(build.getUrl())) : contents.of(check);
        if (content == null || check.shows(content)) {
            return;
        }
        ChecksPublisher publisher = publisher(build);
        if (publisher instanceof NullChecksPublisher) {
            checks.remove(check);
            return;
        }
        publisher.publish(content.details(check.name()));
        checks.replace(check, check.with(content));
    }

    private static ChecksPublisher publisher(Run<?, ?> build) {
        TaskListener log = new LogTaskListener(LOGGER, Level.FINE);
        return ChecksPublisherFactory.fromRun(build, log);
    }

    /** Publishes what has changed while Jenkins was stopped. */
    private void resume() {
        for (Staging staging : Jenkins.get().getAllItems(Staging.class)) {
            if (PublishedChecksFile.exists(staging)) {
                publishSoon(known.computeIfAbsent(staging, StagingChecks::new));
            }
        }
    }

    private void deleted(Staging staging) {
        StagingChecks checks = known.remove(staging);
        if (checks != null) {
            checks.delete();
            publishSoon(checks);
        }
    }

    /** Publishes the checks of a staging that has changed. */
    @OptionalExtension(requirePlugins = ChecksPlugin.CHECKS)
    public static final class StagingTrigger extends StagingListener {

        @Override
        public void onChanged(@NonNull Staging staging) {
            get().changed(staging);
        }
    }

    /** Follows the start and the end of Jenkins, and the deletion of stagings. */
    @OptionalExtension(requirePlugins = ChecksPlugin.CHECKS)
    public static final class ItemTrigger extends ItemListener {

        @Override
        public void onLoaded() {
            CheckDispatcher dispatcher = get();
            dispatcher.execute(dispatcher::resume);
        }

        @Override
        public void onDeleted(Item item) {
            if (item instanceof Staging staging) {
                get().deleted(staging);
            }
        }

        /** Stops the threads. What isn’t published then is published after the restart. */
        @Override
        public void onBeforeShutdown() {
            get().threads.shutdownNow();
        }
    }
}
