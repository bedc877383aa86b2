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
 * Determines on the agent whether a {@link DurableScript} runs. The result depends on the identity of the script’s
 * supervisor and on the processes with the script's cookie, never on a clock. If they can't be read, an
 * {@link IOException} is thrown, and the state of the script is unknown.
 */
final class ScriptLiveness {

    /** Time between the request to end and killing. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** Time that a kill waits for a start in progress, on systems that don't show the cookie of a process. */
    private static final Duration START_IN_PROGRESS = Duration.ofSeconds(5);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private final ScriptControlDirectory directory;
    private final ProcessCookie cookie;

    ScriptLiveness(ScriptControlDirectory directory, ProcessCookie cookie) {
        this.directory = directory;
        this.cookie = cookie;
    }

    /** Returns the liveness of the script in a directory, whose name is the cookie. */
    static ScriptLiveness of(File directory) {
        return new ScriptLiveness(
                new ScriptControlDirectory(directory), new ProcessCookie(ProcessCookie.VARIABLE, directory.getName()));
    }

    /** Returns whether a start is in progress, neither completed nor cancelled. */
    boolean isStarting() throws IOException {
        return directory.isPresent() && directory.supervisorId().isEmpty() && !directory.isCancelled();
    }

    /** Returns whether the supervisor runs, which waits for the script and writes its exit code. */
    boolean isSupervised() throws IOException {
        OptionalLong supervisor = directory.supervisorId();
        return supervisor.isPresent() && directory.supervisorIdentity().isRunning(supervisor.getAsLong(), cookie);
    }

    /** Returns whether the supervisor or any process with the script's cookie runs. */
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
     * Returns whether the script might still change anything: whether its supervisor runs or, if the system shows the
     * cookie of a process (Linux), any process that it has started. False after its exit code is written, unless it was
     * killed. True while a start is in progress.
     *
     * @throws IOException if the processes can't be read now; the state of the script is unknown
     */
    boolean isRunning() throws IOException {
        // After a kill, processes can remain although the script itself has an exit code.
        boolean ended = directory.exitCode() != null && !directory.isCancelled();
        return !ended && (isStarting() || isAnyRunning());
    }

    /**
     * Kills everything that the script has started, and prevents a start that is in progress.
     *
     * @return whether no process is left
     */
    boolean kill() throws IOException {
        if (directory.isPresent()) {
            directory.cancel();
            awaitStartInProgress();
        }
        return new ProcessTree(supervisor(), cookie).kill(GRACE);
    }

    /**
     * Waits until a starting supervisor has stored its process id and noticed the cancellation. Unnecessary if the
     * system shows the cookie, because the supervisor is then killed.
     */
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
