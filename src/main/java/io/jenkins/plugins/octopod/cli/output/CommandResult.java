package io.jenkins.plugins.octopod.cli.output;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Result;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.staging.StagingRun;

/**
 * Result of a command.
 *
 * @param exitCode exit code of the command; values below 16 are defined by Jenkins
 * @param sentence error message for stderr; {@code null} if the command succeeded
 */
@ModuleInternal
public record CommandResult(int exitCode, @CheckForNull String sentence) {

    public static final CommandResult SUCCESS = new CommandResult(0, null);

    /** Exit code if the action, the check or a part of the import failed. */
    public static final int FAILED = 16;

    /** Exit code if the action was aborted. */
    private static final int ABORTED = 17;

    public static CommandResult failed(String sentence) {
        return new CommandResult(FAILED, sentence);
    }

    public static CommandResult aborted(String sentence) {
        return new CommandResult(ABORTED, sentence);
    }

    /** Returns the result of a run that has ended. */
    public static CommandResult of(StagingRun run) {
        if (run.getResult() == Result.SUCCESS) {
            return SUCCESS;
        }
        String reason = run.getReason();
        String sentence =
                reason != null ? reason : Messages.CommandResult_ended(run.getFullDisplayName(), run.getResult());
        return run.getResult() == Result.ABORTED ? aborted(sentence) : failed(sentence);
    }
}
