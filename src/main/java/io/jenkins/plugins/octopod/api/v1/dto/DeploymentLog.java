package io.jenkins.plugins.octopod.api.v1.dto;

import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.queue.ActionIdCodec;
import java.io.IOException;
import java.util.List;

/**
 * Something that was done to a staging.
 *
 * @param deploymentAppOverrides that the staging had then
 * @param deploymentDepOverrides that the staging had then
 * @param exitCode of the script; {@link #NONE} where it has none, because it was killed or never started
 */
public record DeploymentLog(
        long actionId,
        String action,
        List<OverrideEntry> deploymentAppOverrides,
        List<OverrideEntry> deploymentDepOverrides,
        long exitCode,
        TimeSpan duration,
        String createdAt) {

    /** The original has a number always; no script ends with this one. */
    static final long NONE = -1;

    /** @param run that is done */
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
