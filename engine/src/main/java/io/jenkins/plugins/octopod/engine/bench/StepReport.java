package io.jenkins.plugins.octopod.engine.bench;

import io.jenkins.plugins.octopod.engine.ControlScript;
import java.time.Duration;
import java.util.List;

/**
 * What came of one step of the life.
 *
 * @param script the script whose contract the step is about
 * @param title what the step is called, such as “check after create”
 * @param problems what to mend, a sentence or two each; none if all is well
 * @param notes what is worth knowing and no breach of the contract
 * @param attempt the run that the verdict is about, the last of several; null if nothing was run
 * @param duration of the whole step
 */
record StepReport(
        ControlScript script,
        String title,
        Verdict verdict,
        List<String> problems,
        List<String> notes,
        Attempt attempt,
        Duration duration) {

    enum Verdict {
        PASSED,
        FAILED,
        /** Nothing was run; the note says why. */
        SKIPPED
    }

    StepReport {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    static StepReport of(
            ControlScript script,
            String title,
            Attempt attempt,
            Duration duration,
            List<String> problems,
            List<String> notes) {
        Verdict verdict = problems.isEmpty() ? Verdict.PASSED : Verdict.FAILED;
        return new StepReport(script, title, verdict, problems, notes, attempt, duration);
    }

    static StepReport skipped(ControlScript script, String title, String why) {
        return new StepReport(script, title, Verdict.SKIPPED, List.of(), List.of(why), null, Duration.ZERO);
    }

    boolean failed() {
        return verdict == Verdict.FAILED;
    }
}
