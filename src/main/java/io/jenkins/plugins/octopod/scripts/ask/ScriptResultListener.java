package io.jenkins.plugins.octopod.scripts.ask;

import java.util.List;

/** Listener on the controller that receives the results of the scripts of a batch. */
@FunctionalInterface
public interface ScriptResultListener {

    /** Receives the results since the last call. Calls are sequential, and the agent waits until each call returns. */
    void answered(List<ScriptInvocationResult> results);
}
