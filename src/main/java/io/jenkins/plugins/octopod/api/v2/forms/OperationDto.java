package io.jenkins.plugins.octopod.api.v2.forms;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.PendingAction;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;

/**
 * Something that was asked of a staging and accepted.
 *
 * @param id unique, among all projects
 * @param address in this API
 * @param project full name
 * @param staging its name
 * @param stagingAddress in this API
 * @param run null while there is none, and where it is gone
 * @param waitingFor why nothing has begun yet; null where it has, or nobody knows
 * @param reason of what went wrong, in a sentence; null where all is well so far
 * @param exitCode of the script; null where it has none, because it isn’t done, was killed or never started
 * @param statusAfter of the staging; null while it isn’t done, and where the staging is gone
 * @param overrides that the staging was to have; null where there is no run yet, or none any more
 */
public record OperationDto(
        String id,
        String address,
        String action,
        OperationState state,
        String project,
        String staging,
        String stagingAddress,
        @CheckForNull RunDto run,
        @CheckForNull String waitingFor,
        @CheckForNull String reason,
        @CheckForNull Integer exitCode,
        @CheckForNull Status statusAfter,
        @CheckForNull OverridesDto overrides) {

    /** @param pending whether its staging is not free yet, although the run may be done */
    public static OperationDto of(StagingRun run, String id, StagingAction action, boolean pending) {
        Staging staging = run.getParent();
        boolean going = pending || run.isBuilding();
        String address = address(staging, id);
        return new OperationDto(
                id,
                address,
                ApiFormat.of(action),
                going ? OperationState.RUNNING : OperationState.ofDone(run),
                staging.getParent().getFullName(),
                staging.getName(),
                ApiUrls.staging(staging),
                RunDto.of(run, address),
                null,
                going ? null : run.getReason(),
                run.getExitCode(),
                going ? null : run.getStatusAfter(),
                OverridesDto.of(run.getDeploymentOverrides(), run.getApplicationOverrides()));
    }

    /** Of what has no run yet. */
    public static OperationDto waiting(Staging staging, PendingAction pending, @CheckForNull String waitingFor) {
        return new OperationDto(
                pending.requestId(),
                address(staging, pending.requestId()),
                ApiFormat.of(pending.action()),
                OperationState.WAITING,
                staging.getParent().getFullName(),
                staging.getName(),
                ApiUrls.staging(staging),
                null,
                waitingFor,
                null,
                null,
                null,
                null);
    }

    private static String address(Staging staging, String id) {
        return ApiUrls.operation(staging.getParent().getFullName(), staging.getName(), id);
    }
}
