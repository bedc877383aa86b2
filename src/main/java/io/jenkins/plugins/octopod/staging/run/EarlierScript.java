package io.jenkins.plugins.octopod.staging.run;

import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.queue.StartedScripts;
import io.jenkins.plugins.octopod.staging.state.StartedScript;
import io.jenkins.plugins.octopod.staging.support.AgentChannel;
import io.jenkins.plugins.octopod.staging.support.JenkinsShutdown;
import java.io.PrintStream;
import java.time.Duration;

/**
 * Lets a run wait for the script of an earlier run that might still be running. {@link StartedScripts} finds out when it
 * has ended.
 */
final class EarlierScript {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

    private EarlierScript() {}

    /**
     * Waits until the scripts of earlier runs are known to have ended.
     *
     * @throws ScriptFailureException if the agent of that script doesn’t answer for too long, or no longer exists
     * @throws InterruptedException if the run is aborted or Jenkins shuts down
     */
    static void awaitEnd(StagingRun run, PrintStream notes) throws InterruptedException, ScriptFailureException {
        StartedScript earlier = earlier(run);
        if (earlier == null) {
            return;
        }
        String agent = StartedScripts.agentDisplayName(earlier);
        notes.println(Messages.EarlierScript_waiting(earlier.script().script(), String.valueOf(earlier.run()), agent));
        long start = System.nanoTime();
        while (earlier != null) {
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            Duration timeout = AgentChannel.reconnectTimeout();
            boolean unanswered = waited.compareTo(timeout) > 0
                    && StartedScripts.unanswered(run.getParent()).compareTo(timeout) > 0;
            if (StartedScripts.isLost(run.getParent(), earlier) || unanswered) {
                throw new ScriptFailureException(StartedScripts.message(run.getParent(), earlier));
            }
            if (JenkinsShutdown.isInProgress()) {
                throw new InterruptedException("Jenkins is stopping");
            }
            Thread.sleep(POLL_INTERVAL.toMillis());
            earlier = earlier(run);
        }
        notes.println(Messages.EarlierScript_ended());
    }

    private static StartedScript earlier(StagingRun run) {
        StartedScript started = run.getParent().observedState().startedScript();
        return started == null || started.run() == run.getNumber() ? null : started;
    }
}
