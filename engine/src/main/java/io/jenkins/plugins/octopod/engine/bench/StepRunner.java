package io.jenkins.plugins.octopod.engine.bench;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv;
import io.jenkins.plugins.octopod.engine.UnreadableOutputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs single steps: runs a script, compares its result with the expectations, and reports the step. */
final class StepRunner {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(2);

    private final ScriptCaller caller;
    private final Report report;
    private final Printer printer;
    private final Duration timeout;

    /**
     * Creates the runner.
     *
     * @param timeout time limit for a script that is run repeatedly until it succeeds
     */
    StepRunner(ScriptCaller caller, Report report, Printer printer, Duration timeout) {
        this.caller = caller;
        this.report = report;
        this.printer = printer;
        this.timeout = timeout;
    }

    /** Runs a script once. */
    StepReport once(String title, ControlScript script, List<String> arguments, Expectation... expectations)
            throws InterruptedException {
        long start = System.nanoTime();
        printer.begin(title);
        return evaluate(title, script, caller.call(script, arguments), start, expectations);
    }

    /**
     * Runs a script repeatedly until it succeeds or the time limit is reached.
     *
     * @param event event after which it should succeed, such as “create”
     */
    StepReport untilYes(String title, ControlScript script, List<String> arguments, String event)
            throws InterruptedException {
        long start = System.nanoTime();
        long pause = FIRST_PAUSE.toMillis();
        printer.begin(title);
        while (true) {
            Attempt attempt = caller.call(script, arguments);
            boolean isNo = attempt.leftRunning().isEmpty() && answersNo(attempt);
            Duration asked = since(start);
            if (!isNo || asked.compareTo(timeout) >= 0) {
                return evaluate(
                        title, script, attempt, start, Expectations.saysYesWithin(event, BenchFormat.seconds(asked)));
            }
            printer.begin(title + ", asking for " + BenchFormat.seconds(asked));
            Thread.sleep(pause);
            pause = Math.min(pause * 3 / 2, MAX_PAUSE.toMillis());
        }
    }

    private static boolean answersNo(Attempt attempt) {
        return Expectations.ends(attempt).isEmpty() && !attempt.result().isSuccess();
    }

    private StepReport evaluate(
            String title, ControlScript script, Attempt attempt, long start, Expectation... expectations) {
        List<String> problems = new ArrayList<>();
        Expectations.ends(attempt).ifPresent(problems::add);
        for (Expectation expectation : expectations) {
            expectation.breach(attempt).ifPresent(problems::add);
        }
        Expectations.leavesNothing(attempt).ifPresent(problems::add);
        return add(StepReport.of(script, title, attempt, since(start), problems, notes(attempt)));
    }

    private static List<String> notes(Attempt attempt) {
        List<String> notes = new ArrayList<>();
        if (attempt.result().undecodable()) {
            notes.add("What it prints isn’t UTF-8; Jenkins will show “\uFFFD” where it can’t be read.");
        }
        if (attempt.result().truncated()) {
            notes.add("It prints more than the bench keeps.");
        }
        notes.addAll(notesOnLinks(attempt));
        return notes;
    }

    private static List<String> notesOnLinks(Attempt attempt) {
        if (attempt.script() != ControlScript.INFO) {
            return List.of();
        }
        try {
            return ScriptOutputCsv.links(attempt.result().stdout()).stream()
                    .filter(link -> !link.isSafe())
                    .map(link -> "“" + link.url()
                            + "” isn’t an http or https address, so it is shown as text, not as a link.")
                    .toList();
        } catch (UnreadableOutputException e) {
            return List.of();
        }
    }

    /** Adds a step about a script that isn't run. */
    StepReport found(String title, ControlScript script, Optional<String> problem) {
        return add(StepReport.of(
                script, title, null, Duration.ZERO, problem.stream().toList(), List.of()));
    }

    StepReport skipped(String title, ControlScript script, String why) {
        return add(StepReport.skipped(script, title, why));
    }

    private StepReport add(StepReport step) {
        report.add(step);
        printer.end(step);
        return step;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
