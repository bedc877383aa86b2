package io.jenkins.plugins.octopod.scripts;

import java.util.List;

/** Is told, on the controller, what scripts have answered that were asked together. */
@FunctionalInterface
public interface ScriptResultListener {

    /** Some have answered since the last time. One call after the other; the agent waits until it returns. */
    void answered(List<ScriptInvocationResult> answers);
}
