package io.jenkins.plugins.octopod.scripts.ask;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.io.Serializable;

/**
 * Result of one script of a batch.
 *
 * @param id ID of the {@link ScriptInvocation}
 * @param result result of the script; {@code null} if the agent could not run it
 * @param error sentence about why the agent could not run the script, or why its output can't be used; empty if there
 *     was no error
 */
public record ScriptInvocationResult(
        @NonNull String id,
        @CheckForNull ScriptResult result,
        @NonNull String error) implements Serializable {

    static ScriptInvocationResult of(String id, ScriptResult result) {
        return result.end() == ScriptResult.Termination.NOT_STARTED
                ? new ScriptInvocationResult(id, null, result.stderr())
                : new ScriptInvocationResult(id, result, "");
    }
}
