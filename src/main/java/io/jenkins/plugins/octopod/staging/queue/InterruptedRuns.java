package io.jenkins.plugins.octopod.staging.queue;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.model.PeriodicWork;
import hudson.model.Result;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.state.StartedScript;
import io.jenkins.plugins.octopod.staging.support.AgentChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Watches runs that wait in the queue for their agent after a restart of Jenkins. A run is given up if its agent is not
 * connected for as long as a run waits after a lost connection. The run’s script might still be running then.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class InterruptedRuns extends PeriodicWork {

    /** When each run’s agent was last connected, by {@link System#nanoTime}. */
    private final Map<StagingRun, Long> lastSeenByRun = new ConcurrentHashMap<>();

    /** Gives up the run if its agent does not connect in time. */
    static void await(StagingRun run) {
        ExtensionList.lookupSingleton(InterruptedRuns.class).lastSeenByRun.put(run, System.nanoTime());
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.SECONDS.toMillis(1);
    }

    @Override
    public long getInitialDelay() {
        return getRecurrencePeriod();
    }

    @Override
    protected void doRun() {
        lastSeenByRun.forEach((run, lastSeen) -> {
            if (!isWaiting(run)) {
                lastSeenByRun.remove(run);
            } else if (AgentChannel.of(run.agent()) != null) {
                lastSeenByRun.put(run, System.nanoTime());
            } else if (isGone(run) || isOver(lastSeen)) {
                lastSeenByRun.remove(run);
                Computer.threadPoolForRemoting.submit(() -> giveUp(run));
            }
        });
    }

    private static boolean isWaiting(StagingRun run) {
        return run.isBuilding() && run.getExecutor() == null && ActionQueue.exists(run.getParent());
    }

    /** Returns whether the agent can't come back: an administrator has removed it, or its cloud has. */
    private static boolean isGone(StagingRun run) {
        return run.agent() == null && !run.agentKind().mayRegisterAgain();
    }

    private static boolean isOver(long lastSeen) {
        return Duration.ofNanos(System.nanoTime() - lastSeen).compareTo(AgentChannel.reconnectTimeout()) > 0;
    }

    private static void giveUp(StagingRun run) {
        if (!isWaiting(run)) {
            return;
        }
        String name = run.agentDisplayName();
        String sentence = isGone(run)
                ? Messages.AgentSession_removed(name)
                : Messages.InterruptedRuns_notReconnected(
                        name, AgentChannel.reconnectTimeout().toSeconds());
        run.abandon(Result.FAILURE, withScript(run, sentence));
        ActionQueue.resumeLater(run.getParent());
    }

    private static String withScript(StagingRun run, String sentence) {
        StartedScript started = run.startedScript();
        return started == null
                ? sentence
                : sentence
                        + ' '
                        + io.jenkins.plugins.octopod.staging.Messages.ActionExecution_mayStillRun(
                                started.script().script(), run.agentDisplayName());
    }
}
