package io.jenkins.plugins.octopod.engine.bench;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ScriptResult.Termination;
import io.jenkins.plugins.octopod.engine.text.ShellQuoting;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/** Shows the bench's progress and results. */
final class Printer {

    private static final int OUTPUT_LINES = 10;
    private static final int TITLE_WIDTH = 44;
    private static final int TEXT_WIDTH = 92;
    private static final String INDENT = "        ";

    /** Mark in front of a line. */
    private enum Mark {
        OK("ok", "32"),
        FAIL("FAIL", "31"),
        SKIPPED("--", "2");

        private final String text;

        /** Parameter of the escape sequence for the color. */
        private final String color;

        Mark(String text, String color) {
            this.text = text;
            this.color = color;
        }
    }

    private final PrintStream out;
    private final OutputStyle style;

    Printer(PrintStream out, OutputStyle style) {
        this.out = out;
        this.style = style;
    }

    /** Prints what the bench is about to do. */
    void header(BenchOptions options) {
        out.println("Trying the control scripts in " + options.directory().path());
        out.println("with a staging “" + options.subject().name() + "”; at most "
                + BenchFormat.seconds(options.timeout()) + " for each script.");
        out.println();
    }

    /** Shows the current activity; can be called again with a new text. */
    void begin(String what) {
        if (style.showsProgress()) {
            out.print("\r\u001b[K  ..    " + what);
            out.flush();
        }
    }

    /** Shows the result of a step. */
    void end(StepReport step) {
        if (style.showsProgress()) {
            out.print("\r\u001b[K");
        }
        switch (step.verdict()) {
            case PASSED -> out.println(line(Mark.OK, step.title(), time(step)));
            case FAILED -> out.println(line(Mark.FAIL, step.title(), time(step)));
            case SKIPPED ->
                out.println(line(Mark.SKIPPED, step.title(), step.notes().get(0)));
        }
        if (step.verdict() != StepReport.Verdict.SKIPPED) {
            step.notes().forEach(note -> wrapped("Note: " + note));
        }
        step.problems().forEach(this::wrapped);
        if (step.failed() && step.attempt() != null) {
            run(step.attempt());
        }
        out.flush();
    }

    private void run(Attempt attempt) {
        out.println();
        out.println(INDENT + "$ " + BenchFormat.printable(ShellQuoting.of(attempt.command())));
        if (attempt.result().end() == Termination.EXITED) {
            out.println(INDENT + "exit code " + attempt.result().exitCode());
        }
        if (attempt.result().end() != Termination.NOT_STARTED) {
            output("stdout", attempt.result().stdout());
            output("stderr", attempt.result().stderr());
        }
        out.println();
    }

    private void output(String stream, String text) {
        List<String> tail = BenchFormat.tail(text, OUTPUT_LINES);
        boolean cut = text.lines().count() > tail.size();
        if (tail.isEmpty()) {
            out.println(INDENT + stream + " is empty");
            return;
        }
        out.println(INDENT + stream + (cut ? ", the last " + OUTPUT_LINES + " lines:" : ":"));
        tail.forEach(line -> out.println(INDENT + "  " + line));
    }

    /** Prints what is left after an interruption. */
    void interrupted(BenchOptions options) {
        out.println();
        wrapped(
                "Stopped, and ended the processes that the scripts had started. If “create” had run, everything else that it"
                        + " created for “" + options.subject().name() + "” still exists.");
        out.flush();
    }

    /** Prints the verdict for each script, and then a summary. */
    void summary(Report report) {
        out.println();
        for (ControlScript script : ControlScript.values()) {
            out.println(verdict(script, report.of(script)));
        }
        long broken = Arrays.stream(ControlScript.values())
                .filter(script -> report.of(script).stream().anyMatch(StepReport::failed))
                .count();
        out.println();
        out.println(
                report.isKept()
                        ? "All scripts keep the contract."
                        : broken + (broken == 1 ? " script doesn’t" : " scripts don’t")
                                + " keep the contract: see above what to fix.");
        out.flush();
    }

    private String verdict(ControlScript script, List<StepReport> steps) {
        long failed = steps.stream().filter(StepReport::failed).count();
        if (failed > 0) {
            return line(Mark.FAIL, script.fileName(), "doesn’t keep the contract");
        }
        if (steps.isEmpty()) {
            String why = script == ControlScript.NOTIFICATIONS ? "not run by the bench" : "not tried";
            return line(Mark.SKIPPED, script.fileName(), why);
        }
        return steps.stream().allMatch(step -> step.verdict() == StepReport.Verdict.SKIPPED)
                ? line(Mark.SKIPPED, script.fileName(), steps.get(0).notes().get(0))
                : line(Mark.OK, script.fileName(), "keeps the contract");
    }

    private static String time(StepReport step) {
        return step.attempt() == null ? "" : BenchFormat.seconds(step.duration());
    }

    private String line(Mark mark, String title, String rest) {
        String padded = String.format("%-4s", mark.text);
        String painted = style.hasColors() ? "\u001b[" + mark.color + "m" + padded + "\u001b[0m" : padded;
        return ("  " + painted + "  " + String.format("%-" + TITLE_WIDTH + "s", title) + "  " + rest).stripTrailing();
    }

    private void wrapped(String text) {
        StringBuilder line = new StringBuilder();
        for (String word : BenchFormat.printable(text.replaceAll("\\s+", " ")).split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > TEXT_WIDTH) {
                out.println(INDENT + line);
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        out.println(INDENT + line);
    }
}
