package io.jenkins.plugins.octopod.staging.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.durable.DurableScript;
import io.jenkins.plugins.octopod.scripts.durable.ScriptProgress;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.log.RunLogWriter;
import io.jenkins.plugins.octopod.staging.state.ScriptOutcome;
import io.jenkins.plugins.octopod.staging.support.StorageRetry;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Follows a run’s script until it ends, and kills it if its time limit expires. */
final class ScriptMonitor {

    private static final Logger LOGGER = Logger.getLogger(ScriptMonitor.class.getName());

    /** How long the agent waits for new output before it answers that there is none. */
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(5);

    /** Exit codes with which a shell reports that it couldn’t run a command at all. */
    private static final int NOT_EXECUTABLE = 126;

    private static final int NOT_FOUND = 127;

    private final StagingRun run;
    private final AgentSession agentSession;
    private final RunLogWriter log;
    private final PrintStream notes;

    /**
     * Creates a monitor, which does nothing before the run has a script.
     *
     * @param log log of the run, which gets the script’s output
     * @param notes messages from Jenkins in that log
     */
    ScriptMonitor(StagingRun run, AgentSession agentSession, RunLogWriter log, PrintStream notes) {
        this.run = run;
        this.agentSession = agentSession;
        this.log = log;
        this.notes = notes;
    }

    /**
     * Copies the script’s output to the log as it arrives, and stores in the run how the script ended.
     *
     * @return empty if the start was broken off before the script began; nothing is stored then
     */
    Optional<ScriptOutcome> awaitEnd() throws InterruptedException, ScriptFailureException {
        DurableScript script = Objects.requireNonNull(run.script());
        log.mask(StoredMask.read(run, notes));
        while (true) {
            Duration left = Duration.between(Instant.now(), script.deadline());
            Duration timeout =
                    left.isNegative() ? Duration.ZERO : left.compareTo(POLL_TIMEOUT) < 0 ? left : POLL_TIMEOUT;
            ScriptProgress progress =
                    agentSession.onScript(root -> script.follow(root, log.stdoutTaken(), log.stderrTaken(), timeout));
            try {
                append(notes, script.deadline(), progress);
            } catch (ScriptFailureException e) {
                // The log couldn’t be written, in most cases until the script’s time limit expired.
                kill();
                return Optional.of(ended(ScriptOutcome.failure(null, e.getMessage())));
            }
            if (progress.unstarted()) {
                return Optional.empty();
            }
            if (progress.isOver()) {
                if (log.isUndecodable()) {
                    notes.println(Messages.ScriptMonitor_undecodable(script.script()));
                }
                return Optional.of(ended(endOf(script, progress, log.lastLine())));
            }
            // A script that has ended is never late, even if it wasn’t observed for a long time.
            if (!progress.more() && !Instant.now().isBefore(script.deadline())) {
                kill();
                drain();
                String sentence = Messages.ScriptMonitor_timedOut(
                        script.script(), script.timeout().toSeconds());
                return Optional.of(ended(ScriptOutcome.failure(null, sentence)));
            }
        }
    }

    /** Stores in the run that the script ended without an exit code. */
    ScriptOutcome endWithoutExitCode() throws InterruptedException, ScriptFailureException {
        DurableScript script = Objects.requireNonNull(run.script());
        return ended(ScriptOutcome.failure(null, Messages.ScriptMonitor_noExitCode(script.script())));
    }

    /** Kills the script and everything that it has started. Doesn’t wait for an agent that is disconnected. */
    void kill() throws InterruptedException, ScriptFailureException {
        DurableScript script = Objects.requireNonNull(run.script());
        agentSession.onScriptWithoutRetry(root -> {
            script.kill(root);
            return null;
        });
    }

    /** Copies the last output of a killed script to the log. */
    void drain() throws InterruptedException, ScriptFailureException {
        DurableScript script = Objects.requireNonNull(run.script());
        log.mask(StoredMask.read(run, notes));
        ScriptProgress progress;
        do {
            progress = agentSession.onScriptWithoutRetry(
                    root -> script.follow(root, log.stdoutTaken(), log.stderrTaken(), Duration.ZERO));
            append(null, Instant.MIN, progress);
        } while (progress.more());
    }

    /**
     * Appends output to the log. If the log can’t be written, retries while the script continues to run, until its time
     * limit expires.
     *
     * @param told stream that gets a message if retries were needed; null for none
     */
    private void append(@CheckForNull PrintStream told, Instant deadline, ScriptProgress progress)
            throws ScriptFailureException, InterruptedException {
        try {
            StorageRetry.await(run, told, deadline, () -> {
                if (progress.isOver()) {
                    log.appendLast(progress.stdout(), progress.stderr());
                } else {
                    log.append(progress.stdout(), progress.stderr());
                }
                return log;
            });
        } catch (IOException e) {
            throw new ScriptFailureException(Messages.ScriptMonitor_logNotWritten(e.getMessage()));
        }
    }

    private static ScriptOutcome endOf(DurableScript script, ScriptProgress progress, String lastLine) {
        if (progress.exitCode() == null) {
            return ScriptOutcome.failure(null, Messages.ScriptMonitor_noExitCode(script.script()));
        }
        int exitCode = progress.exitCode();
        return switch (exitCode) {
            case 0 -> ScriptOutcome.success();
            case NOT_EXECUTABLE, NOT_FOUND ->
                ScriptOutcome.failure(exitCode, Messages.ScriptMonitor_notStarted(script.script(), exitCode));
            default ->
                ScriptOutcome.failure(
                        exitCode,
                        lastLine.isEmpty()
                                ? Messages.ScriptMonitor_failed(script.script(), exitCode)
                                : Messages.ScriptMonitor_failedSaying(script.script(), exitCode, lastLine));
        };
    }

    private ScriptOutcome ended(ScriptOutcome scriptOutcome) throws InterruptedException, ScriptFailureException {
        try {
            StorageRetry.await(run, notes, Instant.MAX, () -> {
                run.setScriptOutcome(scriptOutcome);
                return scriptOutcome;
            });
        } catch (IOException e) {
            throw new ScriptFailureException(
                    io.jenkins.plugins.octopod.staging.Messages.StagingRun_notStored(e.getMessage()));
        }
        removeFiles();
        return scriptOutcome;
    }

    /** Removes the script’s files on the agent. If that isn’t possible now, they are left there. */
    void removeFiles() throws InterruptedException {
        try {
            agentSession.onScriptWithoutRetry(root -> {
                run.script().forget(root);
                return null;
            });
        } catch (ScriptFailureException e) {
            // A process that the script left running might still write there, or the agent might be gone.
            LOGGER.log(Level.FINE, e, () -> "files of " + run + " are left on its agent");
        }
    }
}
