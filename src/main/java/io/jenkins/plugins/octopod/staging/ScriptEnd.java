package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** How the script of a run ended; kept in the run’s record. Immutable. */
final class ScriptEnd {

    @CheckForNull
    private final Integer exitCode;

    @CheckForNull
    private final String failure;

    private ScriptEnd(Integer exitCode, String failure) {
        this.exitCode = exitCode;
        this.failure = failure;
    }

    static ScriptEnd success() {
        return new ScriptEnd(0, null);
    }

    /** @param exitCode null where it has none, because it was killed or lost */
    static ScriptEnd failure(Integer exitCode, String sentence) {
        return new ScriptEnd(exitCode, sentence);
    }

    @CheckForNull
    Integer exitCode() {
        return exitCode;
    }

    /** In a sentence; null where it succeeded. */
    @CheckForNull
    String failureSentence() {
        return failure;
    }
}
