package io.jenkins.plugins.octopod.staging.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.PeriodicWork;
import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.octopod.scripts.durable.DurableScript;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import io.jenkins.plugins.octopod.staging.checks.CheckScheduler;
import io.jenkins.plugins.octopod.staging.state.StartedScript;
import io.jenkins.plugins.octopod.staging.support.AgentChannel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Follows the scripts that no run follows any more, because their run was given up while they were running. Once a
 * second, it queries the agent of each script if that agent is connected. After a script has ended, its staging can be
 * used again. A script is killed if a user has aborted it or its time limit has expired. Other scripts are left to end
 * by themselves.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class StartedScripts extends PeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(StartedScripts.class.getName());

    /** Maximum age of a recent answer; far longer than the time between two queries. */
    private static final Duration RECENT_ANSWER = Duration.ofSeconds(10);

    private final Set<Staging> unclear = ConcurrentHashMap.newKeySet();
    private final Set<Staging> beingAsked = ConcurrentHashMap.newKeySet();

    /** Stagings for which Jenkins’ log already reports that the agent doesn’t answer. */
    private final Set<Staging> unanswered = ConcurrentHashMap.newKeySet();

    /** When an agent last answered for the script of a staging, or was first queried, by {@link System#nanoTime}. */
    private final Map<Staging, Long> lastAnswers = new ConcurrentHashMap<>();

    private static StartedScripts get() {
        return ExtensionList.lookupSingleton(StartedScripts.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.SECONDS.toMillis(1);
    }

    @Override
    public long getInitialDelay() {
        return getRecurrencePeriod();
    }

    /** Does not wait for agents, so an agent that hangs delays only its own scripts. */
    @Override
    protected void doRun() {
        for (Staging staging : unclear) {
            if (!isUnclear(staging)) {
                remove(staging);
            } else if (beingAsked.add(staging)) {
                Computer.threadPoolForRemoting.submit(() -> {
                    try {
                        settle(staging);
                    } finally {
                        beingAsked.remove(staging);
                    }
                });
            }
        }
    }

    /** Removes a staging, unless it becomes unclear at the same time, which would not be noticed again. */
    private void remove(Staging staging) {
        unclear.remove(staging);
        if (isUnclear(staging)) {
            unclear.add(staging);
        } else {
            lastAnswers.remove(staging);
            unanswered.remove(staging);
        }
    }

    private static boolean isUnclear(Staging staging) {
        return staging.isUnclear() && staging.getParent().childOrNull(staging.getName()) == staging;
    }

    private void settle(Staging staging) {
        StartedScript started = staging.observedState().startedScript();
        try {
            if (started != null && staging.isUnclear() && isOver(staging, started)) {
                forget(staging, started);
            }
        } catch (IOException | RequestAbortedException e) {
            Level level = unanswered.add(staging) ? Level.WARNING : Level.FINE;
            LOGGER.log(level, e, () -> "The script of " + staging.getFullName() + " can't be asked for now");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "The script of " + staging.getFullName() + " can't be followed");
        }
    }

    /** Returns whether the script is known to have ended. Kills it first if that is necessary. */
    private boolean isOver(Staging staging, StartedScript started) throws IOException, InterruptedException {
        Node agent = agent(started);
        lastAnswers.putIfAbsent(staging, System.nanoTime());
        if (agent == null) {
            return started.agentKind().endsWithItsMachine() && isOverdue(staging);
        }
        FilePath root = AgentChannel.of(agent) == null ? null : agent.getRootPath();
        if (root == null) {
            return false;
        }
        DurableScript script = started.script();
        boolean over = script.follow(root, Long.MAX_VALUE, Long.MAX_VALUE, Duration.ZERO)
                .isOver();
        if (!over && (started.isKillRequested() || !Instant.now().isBefore(script.deadline()))) {
            script.kill(root);
            over = true;
        }
        lastAnswers.put(staging, System.nanoTime());
        unanswered.remove(staging);
        if (over) {
            removeFiles(script, root);
        }
        return over;
    }

    /** Returns for how long no agent has answered for the script of the staging; zero if none was queried yet. */
    public static Duration unanswered(Staging staging) {
        Long last = get().lastAnswers.get(staging);
        return last == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - last);
    }

    /**
     * Returns whether the agent of the script has just answered, so that Jenkins itself finds out when the script has
     * ended.
     */
    public static boolean isFollowed(Staging staging, StartedScript started) {
        Node agent = agent(started);
        return agent != null
                && AgentChannel.of(agent) != null
                && get().lastAnswers.containsKey(staging)
                && !get().unanswered.contains(staging)
                && unanswered(staging).compareTo(RECENT_ANSWER) < 0;
    }

    /** Returns whether no agent has answered for longer than Jenkins waits for one. */
    private static boolean isOverdue(Staging staging) {
        return unanswered(staging).compareTo(AgentChannel.reconnectTimeout()) > 0;
    }

    private static void removeFiles(DurableScript script, FilePath root) throws InterruptedException {
        try {
            script.forget(root);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "Files of a script are left on an agent");
        }
    }

    /**
     * Records that a script is not running any more, and has the staging checked soon.
     *
     * @throws IOException if that can’t be stored
     */
    public static void forget(Staging staging, StartedScript ended) throws IOException {
        staging.updateObservedState(observedState -> ended.equals(observedState.startedScript())
                ? observedState.withStartedScript(ended.other())
                : observedState);
        CheckScheduler.get().checkSoon(staging);
    }

    /** Returns the agent that the script was started on; null if Jenkins does not have it now. */
    @CheckForNull
    public static Node agent(StartedScript started) {
        return started.agent().isEmpty() ? Jenkins.get() : Jenkins.get().getNode(started.agent());
    }

    public static String agentDisplayName(StartedScript started) {
        Node agent = agent(started);
        return agent == null ? started.agent() : agent.getDisplayName();
    }

    /**
     * Returns whether Jenkins can't find out by itself how the script ended: an administrator has removed its agent, or
     * the agent did not register again in time.
     */
    public static boolean isLost(Staging staging, StartedScript started) {
        if (agent(started) != null) {
            return false;
        }
        return switch (started.agentKind()) {
            case STORED -> true;
            case EPHEMERAL -> isOverdue(staging);
            case CLOUD, EPHEMERAL_CLOUD -> false;
        };
    }

    /**
     * Returns why it is not clear whether an earlier script of the staging has ended, in a sentence; null if that is
     * clear.
     */
    @CheckForNull
    public static String message(Staging staging) {
        StartedScript started = staging.isUnclear() ? staging.observedState().startedScript() : null;
        return started == null ? null : message(staging, started);
    }

    /** Returns a sentence for a user whose request finds a script that might still be running. */
    public static String message(Staging staging, StartedScript started) {
        String script = started.script().script().toString();
        String run = String.valueOf(started.run());
        String agent = agentDisplayName(started);
        if (!isLost(staging, started)) {
            return Messages.StartedScripts_running(script, run, agent, staging.getName());
        }
        return started.agentKind().mayRegisterAgain()
                ? Messages.StartedScripts_notRegistered(script, run, agent, staging.getName())
                : Messages.StartedScripts_lost(script, run, agent, staging.getName());
    }

    /** Notices stagings whose script no run follows. */
    @Extension
    public static final class Listener extends StagingListener {

        @Override
        public void onChanged(@NonNull Staging staging) {
            notice(staging);
        }
    }

    /** Notices a staging if no run follows its script. */
    static void notice(Staging staging) {
        if (staging.observedState().startedScript() != null) {
            get().unclear.add(staging);
        }
    }
}
