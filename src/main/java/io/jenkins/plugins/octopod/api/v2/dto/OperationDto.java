package io.jenkins.plugins.octopod.api.v2.dto;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.api.v2.format.ApiFormat;
import io.jenkins.plugins.octopod.api.v2.format.ApiUrls;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import io.jenkins.plugins.octopod.staging.waiting.RefusedRequest;
import io.jenkins.plugins.octopod.staging.waiting.WaitingRequest;
import java.time.Instant;

/**
 * An accepted request for a staging, and its state.
 *
 * @param id unique id, among all projects
 * @param address URL of the operation in this API
 * @param project full name of the project
 * @param staging name of the staging
 * @param stagingAddress URL of the staging in this API
 * @param run run of the operation, or {@code null} if there is none yet, or it no longer exists
 * @param waitingFor why the operation hasn’t started, or {@code null} if it has, or the reason is unknown
 * @param reason sentence that explains a failure, or {@code null} if there is none so far
 * @param exitCode exit code of the script, or {@code null} if it isn’t done, was killed or never started
 * @param statusAfter status of the staging after the operation, or {@code null} if the operation isn’t done, or the
 *     staging no longer exists
 * @param overrides requested overrides of the staging, or {@code null} if there is no run yet, or it no longer exists
 */
public record OperationDto(
        String id,
        String address,
        String action,
        OperationState state,
        String project,
        String staging,
        String stagingAddress,
        @CheckForNull Run run,
        @CheckForNull String waitingFor,
        @CheckForNull String reason,
        @CheckForNull Integer exitCode,
        @CheckForNull Status statusAfter,
        @CheckForNull OverridesDto overrides) {

    /**
     * Returns the operation of a run.
     *
     * @param pending whether the staging is still busy with it, although the run may have ended
     */
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
                Run.of(run, address),
                null,
                going ? null : run.getReason(),
                run.getExitCode(),
                going ? null : run.getStatusAfter(),
                OverridesDto.of(run.getDeploymentOverrides(), run.getApplicationOverrides()));
    }

    /** Returns the operation of an accepted request that has no run yet. */
    public static OperationDto waiting(Staging staging, PendingAction pending, @CheckForNull String waitingFor) {
        return withoutRun(staging, pending.requestId(), pending.action(), OperationState.WAITING, waitingFor, null);
    }

    /** Returns the operation of a request that waits for its turn. */
    public static OperationDto waiting(Staging staging, WaitingRequest request, @CheckForNull String waitingFor) {
        StagingAction action = action(request.kind());
        return withoutRun(staging, request.requestId(), action, OperationState.WAITING, waitingFor, null);
    }

    /** Returns the operation of a request that was refused at its turn. */
    public static OperationDto refused(Staging staging, RefusedRequest refused) {
        StagingAction action = action(refused.kind());
        return withoutRun(staging, refused.requestId(), action, OperationState.FAILED, null, refused.sentence());
    }

    private static StagingAction action(String kind) {
        return WaitingRequestService.action(Kind.valueOf(kind));
    }

    private static OperationDto withoutRun(
            Staging staging,
            String id,
            StagingAction action,
            OperationState state,
            @CheckForNull String waitingFor,
            @CheckForNull String reason) {
        return new OperationDto(
                id,
                address(staging, id),
                ApiFormat.of(action),
                state,
                staging.getParent().getFullName(),
                staging.getName(),
                ApiUrls.staging(staging),
                null,
                waitingFor,
                reason,
                null,
                null,
                null);
    }

    private static String address(Staging staging, String id) {
        return ApiUrls.operation(staging.getParent().getFullName(), staging.getName(), id);
    }

    /**
     * The run of an operation.
     *
     * @param page URL of the run’s page in Jenkins
     * @param log URL of the log in this API
     * @param seconds duration of the run, or {@code null} while it is in progress
     */
    public record Run(
            int number,
            String page,
            String log,
            String startedAt,
            @CheckForNull Double seconds) {

        /**
         * Returns the run of an operation.
         *
         * @param operation URL of the operation
         */
        static Run of(StagingRun run, String operation) {
            return new Run(
                    run.getNumber(),
                    ApiUrls.page(run.getUrl()),
                    operation + "/log",
                    Instant.ofEpochMilli(run.getTimeInMillis()).toString(),
                    run.isBuilding() ? null : run.getDuration() / 1000.0);
        }
    }
}
