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
 * Runs scripts to their end. Output goes to temporary files and not through pipes: a child that outlives the script and
 * holds its output open makes nobody wait, and neither memory nor disk fill when a script prints without end.
 *
 * <p>Safe to use from many threads at once.
 */
public final class ScriptRunner {

    /** How long what is killed has to tidy up: between SIGTERM and SIGKILL. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private static final File NOTHING = new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    private final int outputLimit;
    private final Path outputs;

    /** @param outputLimit how many bytes of stdout, and of stderr, are kept */
    public ScriptRunner(int outputLimit) {
        this(outputLimit, null);
    }

    /**
     * @param outputLimit how many bytes of stdout, and of stderr, are kept
     * @param outputs a directory for the files that output goes to; null for the system's one for temporary files
     */
    public ScriptRunner(int outputLimit, Path outputs) {
        if (outputLimit <= 0) {
            throw new IllegalArgumentException("nothing would be kept");
        }
        this.outputLimit = outputLimit;
        this.outputs = outputs;
    }

    /**
     * Runs a script until it ends by itself or its time is up. What it leaves running when it ends by itself goes on
     * running; otherwise it is killed with everything it has started.
     *
     * <p>The script and its children have {@link ProcessCookie#VARIABLE} in their environment: the value that the command
     * gives it, else one of its own. A command that gives it a value has all processes with that value killed when the
     * time is up, those of other scripts included.
     *
     * @throws InterruptedException after everything that the script has started was killed
     * @throws UncheckedIOException if there is no room for temporary files
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
            process = builder.start();
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

    private static void setEnvironment(Map<String, String> inherited, Map<String, String> changes) {
        changes.forEach((name, value) -> {
            if (value == null) {
                inherited.remove(name);
            } else {
                inherited.put(name, value);
            }
        });
    }

    /** Whether it has ended in time. */
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
