package io.jenkins.plugins.octopod.staging.notifications;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.Item;
import hudson.model.Node;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.octopod.AvailableAgentsListener;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ScriptArguments;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.engine.time.Backoff;
import io.jenkins.plugins.octopod.health.AgentScriptsCache;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectAgents;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.AgentUnreachableException;
import io.jenkins.plugins.octopod.scripts.ScriptCall;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.ask.ScriptFailureMessages;
import io.jenkins.plugins.octopod.staging.AbsoluteUrl;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import io.jenkins.plugins.octopod.staging.checks.AgentSelector;
import io.jenkins.plugins.octopod.staging.sharing.OpenUrl;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.util.Timer;

/**
 * Runs the {@code notifications} script for each change of status. Changes of one staging are delivered one after the
 * other, in order. Changes of different stagings are delivered in parallel. Each change is delivered at most once. If
 * no agent is online, changes wait in memory, without a thread, until an agent is online.
 */
@Extension
public final class NotificationDispatcher extends StagingListener {

    private static final Logger LOGGER = Logger.getLogger(NotificationDispatcher.class.getName());

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** Pauses between attempts if an agent is online. */
    private static final Backoff BACKOFF = Backoff.doubling(Duration.ofSeconds(1), Duration.ofMinutes(1));

    /** Environment variable of the script with the URL that leads to the staging’s first link. */
    private static final String OPEN_URL = "OCTOPOD_OPEN_URL";

    /** A script occupies a thread for a minute at most. */
    private static final int THREADS = 16;

    private final Map<Staging, StatusChangeQueue> queues = new ConcurrentHashMap<>();
    private final AgentScriptsCache agentScripts = new AgentScriptsCache();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            new NamingThreadFactory(new DaemonThreadFactory(), "Octopod notifications"));
    private final ExecutorService system;

    public NotificationDispatcher() {
        threads.allowCoreThreadTimeOut(true);
        system = new ImpersonatingExecutorService(threads, ACL.SYSTEM2);
    }

    @Override
    public void onStatusChanged(@NonNull Staging staging, @NonNull Status before, @NonNull Status now) {
        StatusChange[] dropped = new StatusChange[1];
        queues.compute(staging, (key, known) -> {
            StatusChangeQueue queue = known == null ? new StatusChangeQueue() : known;
            dropped[0] = queue.add(new StatusChange(before, now));
            return queue;
        });
        if (dropped[0] != null) {
            LOGGER.warning(Messages.NotificationDispatcher_dropped(
                    StatusChangeQueue.MAX_SIZE, staging.getFullName(), dropped[0].before(), dropped[0].now()));
        }
        startDelivery(staging);
    }

    private void startDelivery(Staging staging) {
        StatusChangeQueue queue = queues.get(staging);
        if (queue != null && queue.acquire()) {
            try {
                system.execute(() -> deliverOrRelease(staging, queue));
            } catch (RejectedExecutionException e) {
                LOGGER.log(Level.FINE, e, () -> "Jenkins is stopping");
                queue.release();
            }
        }
    }

    /** Delivers all changes. After an unexpected failure, the queue is released and delivery is tried again later. */
    private void deliverOrRelease(Staging staging, StatusChangeQueue queue) {
        try {
            deliverAll(staging, queue);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Notifications of " + staging + " broke off");
            queue.release();
            scheduleDelivery(BACKOFF.max(), staging);
        }
    }

    private void deliverAll(Staging staging, StatusChangeQueue queue) {
        for (StatusChange change = queue.next(); change != null; change = queue.next()) {
            Delivery delivery = deliver(staging, change);
            if (delivery != Delivery.DONE) {
                int tries = queue.returnForRetry(change);
                if (delivery == Delivery.RETRY) {
                    scheduleDelivery(BACKOFF.pause(tries), staging);
                } else if (isAgentOnline(staging)) {
                    // An agent has come online since, but its event found the queue still acquired by this thread.
                    startDelivery(staging);
                }
                return;
            }
            queue.done();
        }
        queues.computeIfPresent(staging, (key, known) -> known.isIdle() ? null : known);
        // A change may have been added after the last call of next().
        startDelivery(staging);
    }

    /** Result of an attempt to deliver a change. */
    private enum Delivery {
        /** The change is delivered, or will never be. */
        DONE,
        /** The script has not run; try again after a pause. */
        RETRY,
        /** No agent is online. Delivery starts again when an agent comes online. */
        NO_AGENT
    }

    private void scheduleDelivery(Duration pause, Staging staging) {
        Timer.get().schedule(() -> startDelivery(staging), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Optional<Node> agent(Staging staging) {
        return AgentSelector.of(staging.getParent()).forStaging(staging);
    }

    private boolean isAgentOnline(Staging staging) {
        try {
            return agent(staging).isPresent();
        } catch (RuntimeException e) {
            return true; // so that it is tried again
        }
    }

    private Delivery deliver(Staging staging, StatusChange change) {
        OctopodProject project = staging.getParent();
        Optional<Node> node;
        try {
            node = agent(staging);
        } catch (RuntimeException e) {
            // For example, an agent’s plugin has a bug. The script has not run yet.
            LOGGER.log(Level.WARNING, e, () -> "No agent can be chosen to notify of " + staging);
            return Delivery.RETRY;
        }
        if (node.isEmpty()) {
            ProjectAgents.need(project);
            return Delivery.NO_AGENT;
        }
        try {
            AgentScripts scripts = scripts(node.get(), project);
            if (scripts.has(ControlScript.NOTIFICATIONS)) {
                String openUrl = AbsoluteUrl.of(OpenUrl.of(staging, null));
                deliver(node.get(), scripts.withVariable(OPEN_URL, openUrl), staging, change);
            }
        } catch (AgentUnreachableException e) {
            logUnreachable(node.get(), e);
            return Delivery.RETRY;
        } catch (ScriptFailureException e) {
            failed(staging, change, e.restrictedMessage().detail());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "A notification of " + staging + " broke off");
        }
        return Delivery.DONE;
    }

    private AgentScripts scripts(Node node, OctopodProject project)
            throws InterruptedException, ScriptFailureException {
        return ScriptCall.on(
                node,
                () -> agentScripts.get(
                        node, project.getControlScripts(), ScriptCredentialsProvider.of(project), StagingClock.now()));
    }

    /** Runs the script. If the connection is lost, it might already have sent a notification, so it does not run twice. */
    private static void deliver(Node node, AgentScripts scripts, Staging staging, StatusChange change)
            throws InterruptedException, ScriptFailureException {
        List<String> arguments = ScriptArguments.statusChange(
                staging.getParent().identity(), staging.stagingName(), change.before(), change.now());
        try {
            ScriptResult result =
                    ScriptCall.on(node, () -> scripts.ask(ControlScript.NOTIFICATIONS, arguments, TIMEOUT));
            if (!result.isSuccess()) {
                failed(staging, change, ScriptFailureMessages.failure(ControlScript.NOTIFICATIONS, result, TIMEOUT));
            }
        } catch (AgentUnreachableException e) {
            logUnreachable(node, e);
            failed(staging, change, Messages.NotificationDispatcher_agentDisconnected(node.getDisplayName()));
        }
    }

    private static void logUnreachable(Node node, AgentUnreachableException failure) {
        LOGGER.log(Level.FINE, failure, () -> node.getNodeName() + " can't be asked to notify");
    }

    private static void failed(Staging staging, StatusChange change, String sentence) {
        LOGGER.warning(
                Messages.NotificationDispatcher_failed(staging.getFullName(), change.before(), change.now(), sentence));
    }

    /** Returns whether all changes are delivered. For tests. */
    boolean isIdle() {
        return queues.isEmpty();
    }

    /** Returns whether a delivery is in progress. For tests. */
    boolean isDelivering() {
        return queues.values().stream().anyMatch(StatusChangeQueue::isAcquired);
    }

    @Terminator
    public static void stop() {
        ExtensionList.lookup(NotificationDispatcher.class).forEach(all -> all.threads.shutdownNow());
    }

    /**
     * Removes the queue of a deleted staging. A delivery in progress continues, because its changes are only seconds
     * old, and without the last one a chat would keep a wrong status. Changes that wait for an agent are dropped,
     * because a message hours later about a staging that no longer exists would mislead.
     */
    @Extension
    public static final class Deleted extends ItemListener {

        @Override
        public void onDeleted(Item item) {
            if (item instanceof Staging staging) {
                ExtensionList.lookupSingleton(NotificationDispatcher.class)
                        .queues
                        .remove(staging);
            }
        }
    }

    /** Retries waiting deliveries when an agent is kept for a project. */
    @Extension
    public static final class KeptAgents extends ProjectAgents.NeedListener {

        @Override
        public void onKept(@NonNull OctopodProject project) {
            Agents.again();
        }
    }

    /** Retries waiting deliveries when an agent comes online. */
    @Extension
    public static final class Agents extends AvailableAgentsListener {

        @Override
        protected void onAvailable() {
            again();
        }

        private static void again() {
            NotificationDispatcher all = ExtensionList.lookupSingleton(NotificationDispatcher.class);
            all.queues.keySet().forEach(all::startDelivery);
        }
    }
}
