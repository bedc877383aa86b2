package io.jenkins.plugins.octopod.scripts;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.io.Serializable;

/**
 * How one script of many ended.
 *
 * @param id of the {@link ScriptInvocation}
 * @param result null where the agent couldn't run it
 * @param trouble why it couldn't, in a sentence; empty where it could
 */
public record ScriptInvocationResult(
        @NonNull String id,
        @CheckForNull ScriptResult result,
        @NonNull String trouble) implements Serializable {

    static ScriptInvocationResult of(String id, ScriptResult result) {
        return result.end() == ScriptResult.Termination.NOT_STARTED
                ? new ScriptInvocationResult(id, null, result.stderr())
                : new ScriptInvocationResult(id, result, "");
    }
}
