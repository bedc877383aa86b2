package io.jenkins.plugins.octopod.scripts.durable;

import io.jenkins.plugins.octopod.engine.process.ProcessCookie;
import io.jenkins.plugins.octopod.engine.process.ProcessIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Shell that waits for a script (its supervisor), from its launch until it has stored its process id. */
final class LaunchedSupervisor {

    /** Time limit. A start takes seconds on a very busy machine. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Time after which the processes are searched for the shell. The search takes longer than most starts. */
    private static final Duration USUAL_START = Duration.ofSeconds(1);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(2);

    private final Process launcher;
    private final ScriptControlDirectory directory;
    private final ProcessCookie cookie;

    LaunchedSupervisor(Process launcher, ScriptControlDirectory directory, ProcessCookie cookie) {
        this.launcher = launcher;
        this.directory = directory;
        this.cookie = cookie;
    }

    /**
     * Waits until the supervisor has stored its process id. An interrupt doesn't end the wait, because the script then
     * runs and must be followed; the thread's interrupt status is kept.
     *
     * @throws IOException if the supervisor doesn't start in time; it might still start later
     */
    void await() throws IOException {
        long start = System.nanoTime();
        boolean interrupted = false;
        try {
            while (launcher.isAlive() || directory.supervisorId().isEmpty()) {
                requireNotFailed(Duration.ofNanos(System.nanoTime() - start));
                interrupted |= sleep();
            }
            requireExitCodeZero();
            requireNotKilled();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (!ProcessCookie.isShown()) {
            directory.writeIdentity(ProcessIdentity.of(directory.supervisorId().orElseThrow()));
        }
    }

    private void requireNotFailed(Duration waited) throws IOException {
        if (!launcher.isAlive()) {
            requireExitCodeZero();
        }
        requireNotKilled();
        if (waited.compareTo(USUAL_START) > 0
                && ProcessCookie.isShown()
                && !launcher.isAlive()
                && cookie.processes().isEmpty()
                && directory.supervisorId().isEmpty()) {
            throw new IOException(
                    "the shell that should wait for the script has ended: see whether the disk of the agent’s "
                            + "machine is full, and whether the machine can start more processes");
        }
        if (waited.compareTo(TIMEOUT) > 0) {
            throw new IOException("the shell that should wait for the script didn’t start within " + TIMEOUT.toSeconds()
                    + " seconds: see whether the agent’s machine is overloaded or its disk is full");
        }
    }

    /** Checks that the start was not cancelled. A cancelled supervisor ends although it has stored its process id. */
    private void requireNotKilled() throws IOException {
        if (directory.isCancelled() || !directory.isPresent()) {
            throw new IOException("the script was killed before it was started");
        }
    }

    private void requireExitCodeZero() throws IOException {
        if (launcher.exitValue() != 0) {
            throw new IOException("the shell that starts the script ended with exit code " + launcher.exitValue()
                    + ": see whether the agent’s machine can start more processes");
        }
    }

    /** Sleeps for one interval, and returns whether the thread was interrupted. */
    private boolean sleep() {
        try {
            if (launcher.isAlive()) {
                launcher.waitFor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            } else {
                Thread.sleep(POLL_INTERVAL.toMillis());
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
