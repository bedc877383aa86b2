package io.jenkins.plugins.octopod.scripts.durable;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.process.ProcessCookie;
import io.jenkins.plugins.octopod.engine.process.ProcessTree;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Whether a {@link DurableScript} runs, on the agent. The answer comes from the identity of what waits for the script and
 * from the processes that have the script's cookie, never from a clock. What can't be looked at is an {@link IOException}:
 * it says nothing of the script.
 */
final class ScriptLiveness {

    /** Between asking to end and killing. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** How long a kill waits for a start that has begun, on systems that don't show the cookie of a process. */
    private static final Duration START_IN_PROGRESS = Duration.ofSeconds(5);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private final ScriptControlDirectory directory;
    private final ProcessCookie cookie;

    ScriptLiveness(ScriptControlDirectory directory, ProcessCookie cookie) {
        this.directory = directory;
        this.cookie = cookie;
    }

    /** For a directory that is named for the cookie, as all are. */
    static ScriptLiveness of(File directory) {
        return new ScriptLiveness(
                new ScriptControlDirectory(directory), new ProcessCookie(ProcessCookie.VARIABLE, directory.getName()));
    }

    /** Returns whether a start has begun that has neither come about nor been cancelled. */
    boolean isStarting() throws IOException {
        return directory.isPresent() && directory.supervisorId().isEmpty() && !directory.isCancelled();
    }

    /** Returns whether what waits for the script, and writes down its exit code, runs. */
    boolean isSupervised() throws IOException {
        OptionalLong supervisor = directory.supervisorId();
        return supervisor.isPresent() && directory.supervisorIdentity().isRunning(supervisor.getAsLong(), cookie);
    }

    /** Returns whether what waits for the script runs, or any process that has the script's cookie. */
    boolean isAnyRunning() throws IOException {
        if (isSupervised()) {
            return true;
        }
        try {
            return !cookie.processes().isEmpty();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Returns whether the script may still change anything: whether what waits for it runs or, where the system shows the cookie of
     * a process (Linux), anything that it has started. False once its exit code is written, unless it was killed meanwhile. True
     * as long as a start has begun that has neither come about nor been cancelled.
     *
     * @throws IOException if the system can't be asked now, which says nothing about the script
     */
    boolean isRunning() throws IOException {
        // Of a script that was killed, something may be left although the script itself has an exit code.
        boolean ended = directory.exitCode() != null && !directory.isCancelled();
        return !ended && (isStarting() || isAnyRunning());
    }

    /**
     * Kills everything that the script has started. A start that has begun doesn't come about afterwards.
     *
     * @return whether nothing is left
     */
    boolean kill() throws IOException {
        if (directory.isPresent()) {
            directory.cancel();
            awaitStartInProgress();
        }
        return new ProcessTree(supervisor(), cookie).kill(GRACE);
    }

    /** Whoever has begun to start it gets as far as seeing that it is cancelled. Where the cookie is shown, it is killed. */
    private void awaitStartInProgress() throws IOException {
        long start = System.nanoTime();
        while (!ProcessCookie.isShown()
                && directory.supervisorId().isEmpty()
                && System.nanoTime() - start < START_IN_PROGRESS.toNanos()) {
            try {
                Thread.sleep(POLL_INTERVAL.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @CheckForNull
    private ProcessHandle supervisor() throws IOException {
        OptionalLong id = directory.supervisorId();
        return isSupervised() ? ProcessHandle.of(id.orElseThrow()).orElse(null) : null;
    }
}
