package io.jenkins.plugins.octopod.scripts.durable;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import jenkins.MasterToSlaveFileCallable;

/** Reads, on the agent, what a script has printed, and waits a while when that is nothing. */
@ModuleInternal
public final class FollowScript extends MasterToSlaveFileCallable<ScriptProgress> {

    private static final long serialVersionUID = 1L;

    /** In bytes, of each stream in one answer: bounds the controller's memory, whatever a script prints. */
    private static final int LIMIT = 256 * 1024;

    private static final Duration MIN_PAUSE = Duration.ofMillis(5);
    private static final Duration MAX_PAUSE = Duration.ofMillis(100);

    /** On Windows it is the agent that writes down the exit code, a moment after all can see that the script is gone. */
    private static final Duration LATE_EXIT_CODE = Duration.ofSeconds(1);

    private final long stdoutFrom;
    private final long stderrFrom;
    private final Duration timeout;

    public FollowScript(long stdoutFrom, long stderrFrom, Duration timeout) {
        this.stdoutFrom = stdoutFrom;
        this.stderrFrom = stderrFrom;
        this.timeout = timeout;
    }

    @Override
    public ScriptProgress invoke(File directory, VirtualChannel channel) throws IOException, InterruptedException {
        ScriptControlDirectory controlDirectory = new ScriptControlDirectory(directory);
        long start = System.nanoTime();
        Duration pause = MIN_PAUSE;
        while (true) {
            ScriptProgress progress = poll(controlDirectory);
            boolean silent = progress.stdout().length == 0 && progress.stderr().length == 0;
            if (!silent || progress.isOver() || System.nanoTime() - start >= timeout.toNanos()) {
                return progress;
            }
            Thread.sleep(pause.toMillis());
            pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
        }
    }

    /** Looks for the end first and reads afterwards: what was printed before the end is then all there. */
    private ScriptProgress poll(ScriptControlDirectory controlDirectory) throws IOException, InterruptedException {
        boolean running = isRunning(controlDirectory);
        Integer exitCode = running ? exitCode(controlDirectory) : lateExitCode(controlDirectory);
        byte[] stdout = read(controlDirectory.stdout(), stdoutFrom);
        byte[] stderr = read(controlDirectory.stderr(), stderrFrom);
        boolean all = stdout.length < LIMIT && stderr.length < LIMIT;
        boolean lost = all && !running && exitCode == null;
        return new ScriptProgress(stdout, stderr, !all, all ? exitCode : null, lost);
    }

    private static Integer lateExitCode(ScriptControlDirectory controlDirectory)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Integer exitCode = exitCode(controlDirectory);
        while (exitCode == null
                && controlDirectory.directory().isDirectory()
                && System.nanoTime() - start < LATE_EXIT_CODE.toNanos()) {
            Thread.sleep(MIN_PAUSE.toMillis());
            exitCode = exitCode(controlDirectory);
        }
        return exitCode;
    }

    private static Integer exitCode(ScriptControlDirectory controlDirectory) throws IOException {
        try {
            return Integer.valueOf(
                    Files.readString(controlDirectory.exit().toPath()).trim());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** A supervisor that hasn't got as far as writing down its process id is running. */
    private static boolean isRunning(ScriptControlDirectory controlDirectory) throws IOException {
        if (!controlDirectory.directory().isDirectory()) {
            return false;
        }
        return !controlDirectory.isSupervised() || controlDirectory.supervisor().isPresent();
    }

    private static byte[] read(File file, long from) throws IOException {
        if (!file.isFile()) {
            return new byte[0];
        }
        try (RandomAccessFile reader = new RandomAccessFile(file, "r")) {
            long available = reader.length() - from;
            if (available <= 0) {
                return new byte[0];
            }
            byte[] bytes = new byte[(int) Math.min(available, LIMIT)];
            reader.seek(from);
            reader.readFully(bytes);
            return bytes;
        }
    }
}
