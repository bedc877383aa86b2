package io.jenkins.plugins.octopod.engine.bench;

import io.jenkins.plugins.octopod.engine.ControlScript;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All results of the bench, step by step. */
final class Report {

    private final List<StepReport> steps = new ArrayList<>();

    void add(StepReport step) {
        steps.add(step);
    }

    List<StepReport> steps() {
        return Collections.unmodifiableList(steps);
    }

    /** Returns the steps for a script. */
    List<StepReport> of(ControlScript script) {
        return steps.stream().filter(step -> step.script() == script).toList();
    }

    boolean isKept() {
        return steps.stream().noneMatch(StepReport::failed);
    }
}
