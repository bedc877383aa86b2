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

    /**
     * Returns the outcome of a script that failed.
     *
     * @param exitCode exit code; null if it has none, because it was killed or lost
     */
    public static ScriptOutcome failure(Integer exitCode, String sentence) {
        return new ScriptOutcome(exitCode, sentence);
    }

    @CheckForNull
    public Integer exitCode() {
        return exitCode;
    }

    /** Returns the failure as a sentence; null if the script succeeded. */
    @CheckForNull
    public String failureSentence() {
        return failure;
    }
}
