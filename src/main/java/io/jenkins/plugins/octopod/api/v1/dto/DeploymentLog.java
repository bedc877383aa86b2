package io.jenkins.plugins.octopod.api.v1.dto;

import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.queue.ActionIdCodec;
import java.io.IOException;
import java.util.List;

/**
 * Past action on a staging.
 *
 * @param action name of the action in the original’s API
 * @param deploymentAppOverrides application overrides of the action
 * @param deploymentDepOverrides deployment overrides of the action
 * @param exitCode exit code of the script; {@link #NONE} if the script was killed or never started
 * @param createdAt when the run was created, in the format of ISO 8601
 */
public record DeploymentLog(
        long actionId,
        String action,
        List<OverrideEntry> deploymentAppOverrides,
        List<OverrideEntry> deploymentDepOverrides,
        long exitCode,
        TimeSpan duration,
        String createdAt) {

    /** Number for scripts without an exit code, because the original always has a number. No script exits with it. */
    static final long NONE = -1;

    /**
     * Returns the log of a run.
     *
     * @param run run that has ended
     */
    static DeploymentLog of(StagingRun run, StagingAction action) throws IOException {
        Integer exitCode = run.getExitCode();
        return new DeploymentLog(
                ActionIdCodec.of(run),
                word(action),
                OverrideEntry.listOf(run.getApplicationOverrides()),
                OverrideEntry.listOf(run.getDeploymentOverrides()),
                exitCode == null ? NONE : exitCode,
                TimeSpan.ofMillis(run.getDuration()),
                run.getTimestamp().toInstant().toString());
    }

    private static String word(StagingAction action) {
        return switch (action) {
            case CREATE -> "CreateAction";
            case UPDATE -> "UpdateAction";
            case ARCHIVE -> "ArchiveAction";
            case RESTORE -> "RestoreAction";
            case CLEANUP -> "CleanupAction";
        };
    }
}
