package io.jenkins.plugins.octopod.engine.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Main class of the bench, started by {@code bin/bench}. */
public final class Bench {

    static final int KEPT = 0;
    static final int BROKEN = 1;
    static final int WRONG_USAGE = 2;

    private Bench() {}

    /**
     * Runs the bench. The exit status is 0 if all scripts keep the contract, 1 if not, and 2 for wrong usage. The system
     * property {@code bench.terminal} says whether stdout is a terminal, which not all versions of Java can detect.
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        OutputStyle style = OutputStyle.of(Boolean.getBoolean("bench.terminal"), System.getenv("NO_COLOR"));
        int status;
        try {
            status = run(out, err, style, arguments);
        } catch (InterruptedException e) {
            return;
        }
        System.exit(status);
    }

    /** Runs the bench, and returns its exit status. */
    static int run(PrintStream out, PrintStream err, OutputStyle style, String... arguments)
            throws InterruptedException {
        BenchOptions options;
        try {
            options = BenchOptions.parse(arguments);
        } catch (BenchOptions.UsageException e) {
            err.println(e.getMessage());
            err.println("“bin/bench --help” says how it is called.");
            return WRONG_USAGE;
        }
        if (options.isHelp()) {
            BenchOptions.printUsage(out);
            return KEPT;
        }
        Report report = live(options, new Printer(out, style));
        if (options.junitXml() != null) {
            try {
                JUnitXml.write(report, options.directory(), options.junitXml());
            } catch (IOException e) {
                err.println("“" + options.junitXml() + "” can’t be written: " + e.getMessage());
                return BROKEN;
            }
        }
        return report.isKept() ? KEPT : BROKEN;
    }

    private static Report live(BenchOptions options, Printer printer) throws InterruptedException {
        Report report = new Report();
        ScriptCaller caller = new ScriptCaller(options.directory(), options.timeout());
        StepRunner stepRunner = new StepRunner(caller, report, printer, options.timeout());
        try (InterruptHandler unused = new InterruptHandler(Thread.currentThread())) {
            printer.header(options);
            new LifecycleScenario(options.directory(), options.subject(), caller, stepRunner).run();
            printer.summary(report);
        } catch (InterruptedException e) {
            printer.interrupted(options);
            throw e;
        }
        return report;
    }

    /**
     * Handler of Ctrl-C. It interrupts the scenario and waits until the scenario has ended its processes, for
     * {@link #TIMEOUT_MILLIS} at most.
     */
    private static final class InterruptHandler implements AutoCloseable {

        private static final long TIMEOUT_MILLIS = 30_000;

        private final Thread hook;

        InterruptHandler(Thread life) {
            hook = new Thread(() -> {
                life.interrupt();
                try {
                    life.join(TIMEOUT_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            Runtime.getRuntime().addShutdownHook(hook);
        }

        @Override
        public void close() {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The hook is running.
                return;
            }
        }
    }
}
