package io.jenkins.plugins.octopod.scripts.ask;

import java.util.List;

/** Listener on the controller that receives the results of the scripts of a batch. */
@FunctionalInterface
public interface ScriptResultListener {

    /** Some have answered since the last time. One call after the other; the agent waits until it returns. */
    void answered(List<ScriptInvocationResult> results);
}
