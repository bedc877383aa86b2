package io.jenkins.plugins.octopod.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Result;
import io.jenkins.plugins.octopod.staging.StagingRun;

/**
 * How it has ended.
 *
 * @param exitCode of the command; those below 16 are Jenkins’ own
 * @param sentence why, for stderr; null where all is well
 */
record Outcome(int exitCode, @CheckForNull String sentence) {

    static final Outcome WELL = new Outcome(0, null);

    static final int FAILED = 16;
    private static final int ABORTED = 17;

    static Outcome failed(String sentence) {
        return new Outcome(FAILED, sentence);
    }

    static Outcome aborted(String sentence) {
        return new Outcome(ABORTED, sentence);
    }

    /** Of a run that is done. */
    static Outcome of(StagingRun run) {
        if (run.getResult() == Result.SUCCESS) {
            return WELL;
        }
        String reason = run.getReason();
        String sentence = reason != null ? reason : Messages.Outcome_ended(run.getFullDisplayName(), run.getResult());
        return run.getResult() == Result.ABORTED ? aborted(sentence) : failed(sentence);
    }
}
