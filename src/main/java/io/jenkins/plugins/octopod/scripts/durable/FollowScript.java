package io.jenkins.plugins.octopod.scripts.durable;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.process.ProcessCookie;
import io.jenkins.plugins.octopod.engine.time.Backoff;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.time.Duration;
import jenkins.MasterToSlaveFileCallable;

/** Reads a script's output on the agent, and waits for a while if there is none. */
@ModuleInternal
public final class FollowScript extends MasterToSlaveFileCallable<ScriptProgress> {

    private static final long serialVersionUID = 1L;

    /** Limit in bytes of each stream in one response, which limits the controller's memory. */
    private static final int LIMIT = 256 * 1024;

    private static final Backoff BACKOFF = Backoff.doubling(Duration.ofMillis(5), Duration.ofMillis(100));

    /**
     * Time limit for the exit code after the script has ended. On Windows, the agent writes it, a moment after the
     * process is gone.
     */
    private static final Duration LATE_EXIT_CODE = Duration.ofSeconds(1);

    /** Time limit for a start on a very busy machine. A later start is prevented. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(15);

    private final long stdoutFrom;
    private final long stderrFrom;
    private final Duration timeout;
    private final String cookieVariable;
    private final String cookieValue;

    public FollowScript(long stdoutFrom, long stderrFrom, Duration timeout, ProcessCookie cookie) {
        this.stdoutFrom = stdoutFrom;
        this.stderrFrom = stderrFrom;
        this.timeout = timeout;
        this.cookieVariable = cookie.variable();
        this.cookieValue = cookie.value();
    }

    @Override
    public ScriptProgress invoke(File directory, VirtualChannel channel) throws IOException, InterruptedException {
        ScriptControlDirectory controlDirectory = new ScriptControlDirectory(directory);
        ScriptLiveness liveness = new ScriptLiveness(controlDirectory, new ProcessCookie(cookieVariable, cookieValue));
        long start = System.nanoTime();
        Duration pause = BACKOFF.min();
        while (true) {
            ScriptProgress progress = poll(controlDirectory, liveness);
            boolean silent = progress.stdout().length == 0 && progress.stderr().length == 0;
            if (!silent || progress.isOver()) {
                return progress;
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            if (waited.compareTo(timeout) >= 0 && !awaitsStart(controlDirectory, liveness, waited)) {
                return progress;
            }
            Thread.sleep(pause.toMillis());
            pause = BACKOFF.next(pause);
        }
    }

    /**
     * Returns whether the script might be about to start, although no process exists. The call then waits longer than
     * its timeout. After {@link #START_TIMEOUT} the start is prevented, so that an interrupted start ends the run
     * immediately and not after the script's time limit.
     */
    private static boolean awaitsStart(
            ScriptControlDirectory controlDirectory, ScriptLiveness liveness, Duration waited) throws IOException {
        if (!liveness.isStarting() || liveness.isAnyRunning()) {
            return false;
        }
        if (waited.compareTo(START_TIMEOUT) >= 0) {
            controlDirectory.cancel();
        }
        return true;
    }

    /**
     * Checks for the end first and reads the output afterwards, so that the output is complete when the end is
     * reported.
     */
    private ScriptProgress poll(ScriptControlDirectory controlDirectory, ScriptLiveness liveness)
            throws IOException, InterruptedException {
        boolean supervised = liveness.isStarting() || liveness.isSupervised();
        Integer exitCode = supervised ? controlDirectory.exitCode() : lateExitCode(controlDirectory);
        // The script can continue after its supervisor has ended, so it is followed until all its processes have ended.
        boolean running = supervised || exitCode == null && liveness.isAnyRunning();
        byte[] stdout = read(controlDirectory.stdout(), stdoutFrom);
        byte[] stderr = read(controlDirectory.stderr(), stderrFrom);
        boolean all = stdout.length < LIMIT && stderr.length < LIMIT;
        boolean lost = all && !running && exitCode == null;
        boolean silent = stdoutFrom + stderrFrom + stdout.length + stderr.length == 0;
        boolean unstarted = lost && silent && controlDirectory.isUnstarted();
        return new ScriptProgress(stdout, stderr, !all, all ? exitCode : null, lost, unstarted);
    }

    private static Integer lateExitCode(ScriptControlDirectory controlDirectory)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Integer exitCode = controlDirectory.exitCode();
        while (exitCode == null
                && controlDirectory.isPresent()
                && System.nanoTime() - start < LATE_EXIT_CODE.toNanos()) {
            Thread.sleep(BACKOFF.min().toMillis());
            exitCode = controlDirectory.exitCode();
        }
        return exitCode;
    }

    private static byte[] read(File file, long from) throws IOException {
        try (RandomAccessFile reader = new RandomAccessFile(file, "r")) {
            long available = reader.length() - from;
            if (available <= 0) {
                return new byte[0];
            }
            byte[] bytes = new byte[(int) Math.min(available, LIMIT)];
            reader.seek(from);
            reader.readFully(bytes);
            return bytes;
        } catch (FileNotFoundException e) {
            // This exception is also thrown if the file exists but can’t be opened now.
            if (Files.notExists(file.toPath())) {
                return new byte[0];
            }
            throw e;
        }
    }
}
