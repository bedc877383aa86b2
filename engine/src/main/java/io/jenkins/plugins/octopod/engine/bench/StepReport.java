package io.jenkins.plugins.octopod.engine.bench;

import io.jenkins.plugins.octopod.engine.ControlScript;
import java.time.Duration;
import java.util.List;

/**
 * Result of one step of the scenario.
 *
 * @param script script whose contract the step is about
 * @param title name of the step, such as “check after create”
 * @param findings problems and notes
 * @param attempt run that the verdict is about, the last of several; null if nothing was run
 * @param duration duration of the whole step
 */
record StepReport(
        ControlScript script, String title, Verdict verdict, Findings findings, Attempt attempt, Duration duration) {

    enum Verdict {
        PASSED,
        FAILED,
        /** Nothing was run; the note says why. */
        SKIPPED
    }

    /**
     * Findings of a step, a sentence or two each.
     *
     * @param problems problems to fix; empty if there are none
     * @param notes useful facts that aren't violations of the contract
     */
    record Findings(List<String> problems, List<String> notes) {

        Findings {
            problems = List.copyOf(problems);
            notes = List.copyOf(notes);
        }
    }

    static StepReport of(
            ControlScript script,
            String title,
            Attempt attempt,
            Duration duration,
            List<String> problems,
            List<String> notes) {
        Verdict verdict = problems.isEmpty() ? Verdict.PASSED : Verdict.FAILED;
        return new StepReport(script, title, verdict, new Findings(problems, notes), attempt, duration);
    }

    static StepReport skipped(ControlScript script, String title, String why) {
        return new StepReport(
                script, title, Verdict.SKIPPED, new Findings(List.of(), List.of(why)), null, Duration.ZERO);
    }

    List<String> problems() {
        return findings.problems;
    }

    List<String> notes() {
        return findings.notes;
    }

    boolean failed() {
        return verdict == Verdict.FAILED;
    }
}
