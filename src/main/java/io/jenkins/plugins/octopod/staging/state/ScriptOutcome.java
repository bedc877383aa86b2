package io.jenkins.plugins.octopod.staging.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;

/** Exit code and failure message of a run’s script. Immutable. Stored with the run. */
@ModuleInternal
public final class ScriptOutcome {

    @CheckForNull
    private final Integer exitCode;

    @CheckForNull
    private final String failure;

    private ScriptOutcome(Integer exitCode, String failure) {
        this.exitCode = exitCode;
        this.failure = failure;
    }

    public static ScriptOutcome success() {
        return new ScriptOutcome(0, null);
    }

    /** @param exitCode null if it has none, because it was killed or lost */
    public static ScriptOutcome failure(Integer exitCode, String sentence) {
        return new ScriptOutcome(exitCode, sentence);
    }

    @CheckForNull
    public Integer exitCode() {
        return exitCode;
    }

    /** In a sentence; null if it succeeded. */
    @CheckForNull
    public String failureSentence() {
        return failure;
    }
}
