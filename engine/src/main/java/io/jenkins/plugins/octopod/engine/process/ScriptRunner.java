package io.jenkins.plugins.octopod.engine.process;

import io.jenkins.plugins.octopod.engine.process.ScriptResult.Termination;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs scripts to their end. Output goes to temporary files instead of pipes. Therefore a child that outlives the
 * script and keeps its output open doesn't block the caller, and endless output fills neither memory nor disk.
 *
 * <p>Thread-safe.
 */
public final class ScriptRunner {

    /** Time between SIGTERM and SIGKILL. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private static final File NOTHING = new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    /** Time in which a script that is being written is tried again, and the time between two attempts. */
    private static final Duration WRITTEN_LIMIT = Duration.ofSeconds(2);

    private static final Duration WRITTEN_PAUSE = Duration.ofMillis(20);

    private final int outputLimit;
    private final Path outputs;

    /**
     * Creates the runner.
     *
     * @param outputLimit number of bytes of stdout, and of stderr, that are kept
     */
    public ScriptRunner(int outputLimit) {
        this(outputLimit, null);
    }

    /**
     * Creates the runner.
     *
     * @param outputLimit number of bytes of stdout, and of stderr, that are kept
     * @param outputs directory for the output files; null for the system's temporary directory
     */
    public ScriptRunner(int outputLimit, Path outputs) {
        if (outputLimit <= 0) {
            throw new IllegalArgumentException("nothing would be kept");
        }
        this.outputLimit = outputLimit;
        this.outputs = outputs;
    }

    /**
     * Runs a script until it ends or its time limit is reached. Processes that a script leaves running at its end
     * continue. At the time limit, all its processes are killed.
     *
     * <p>The script and its children have {@link ProcessCookie#VARIABLE} in their environment. The command can define
     * its value; otherwise it is unique. If the command defines it, all processes with that value are killed at the
     * time limit, including those of other scripts.
     *
     * @throws InterruptedException after all processes of the script were killed
     * @throws UncheckedIOException if temporary files can't be written
     */
    public ScriptResult run(ScriptCommand command) throws InterruptedException {
        try (CapturedOutput output = new CapturedOutput(outputLimit, outputs)) {
            return run(command, output);
        } catch (IOException e) {
            throw new UncheckedIOException("The output of a script can’t be kept in a temporary file", e);
        }
    }

    private static ScriptResult run(ScriptCommand command, CapturedOutput output)
            throws InterruptedException, IOException {
        ProcessBuilder builder = new ProcessBuilder(command.command())
                .redirectInput(Redirect.from(NOTHING))
                .redirectOutput(Redirect.appendTo(output.stdout().toFile()))
                .redirectError(Redirect.appendTo(output.stderr().toFile()));
        if (command.directory() != null) {
            builder.directory(command.directory().toFile());
        }
        String given = command.environment().get(ProcessCookie.VARIABLE);
        ProcessCookie cookie =
                given == null ? ProcessCookie.unique() : new ProcessCookie(ProcessCookie.VARIABLE, given);
        Optional<String> unpassable = NativeEncoding.refusal(command.command(), command.environment());
        if (unpassable.isPresent()) {
            return ScriptResult.notStarted(unpassable.get());
        }
        long start = System.nanoTime();
        Process process;
        try {
            setEnvironment(builder.environment(), command.environment());
            builder.environment().put(cookie.variable(), cookie.value());
            process = start(builder, start);
        } catch (IOException | IllegalArgumentException e) {
            return ScriptResult.notStarted(StartFailure.sentence(command, e));
        }
        ProcessTree tree = new ProcessTree(process.toHandle(), cookie);
        boolean ended;
        try {
            ended = await(process, start, command.timeout(), output);
        } catch (InterruptedException e) {
            tree.kill(GRACE);
            throw e;
        }
        Duration duration = since(start);
        if (!ended) {
            tree.kill(GRACE);
        }
        return output.result(
                ended ? Termination.EXITED : Termination.TIMED_OUT,
                ended ? process.exitValue() : ScriptResult.NO_EXIT_CODE,
                duration);
    }

    /**
     * Starts a process. A process that another thread starts holds all files open for a moment that this process has
     * open, also a script that is just being written. During that time, the system refuses to run that script.
     */
    private static Process start(ProcessBuilder builder, long start) throws IOException, InterruptedException {
        while (true) {
            try {
                return builder.start();
            } catch (IOException e) {
                if (!StartFailure.isBeingWritten(e) || since(start).compareTo(WRITTEN_LIMIT) > 0) {
                    throw e;
                }
                TimeUnit.NANOSECONDS.sleep(WRITTEN_PAUSE.toNanos());
            }
        }
    }

    private static void setEnvironment(Map<String, String> inherited, Map<String, String> changes) {
        changes.forEach((name, value) -> {
            if (value == null) {
                inherited.remove(name);
            } else {
                inherited.put(name, value);
            }
        });
    }

    /** Returns whether the process has ended in time. */
    private static boolean await(Process process, long start, Duration timeout, CapturedOutput output)
            throws InterruptedException {
        while (true) {
            Duration left = timeout.minus(since(start));
            if (left.isNegative() || left.isZero()) {
                return !process.isAlive();
            }
            Duration wait = left.compareTo(POLL_INTERVAL) < 0 ? left : POLL_INTERVAL;
            if (process.waitFor(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
            output.shrink();
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
