package io.jenkins.plugins.octopod.scripts;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.io.Serializable;

/**
 * How one script of many ended.
 *
 * @param id of the {@link ScriptQuestion}
 * @param result null where the agent couldn't run it
 * @param trouble why it couldn't, in a sentence; empty where it could
 */
public record ScriptAnswer(
        @NonNull String id,
        @CheckForNull ScriptResult result,
        @NonNull String trouble) implements Serializable {

    static ScriptAnswer of(String id, ScriptResult result) {
        return result.end() == ScriptResult.End.NOT_STARTED
                ? new ScriptAnswer(id, null, result.stderr())
                : new ScriptAnswer(id, result, "");
    }
}
