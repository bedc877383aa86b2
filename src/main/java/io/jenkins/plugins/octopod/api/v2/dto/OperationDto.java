package io.jenkins.plugins.octopod.api.v2.dto;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
 * A request for a staging that was accepted or waits for its turn, and its state.
 *
 * @param run run of the operation; {@code null} if there is none yet, or it no longer exists
 * @param waitingFor sentence that says why the operation hasn’t started; {@code null} if it has, or the reason is
 *     unknown
 * @param overrides requested overrides of the staging; {@code null} if there is no run yet, or it no longer exists
 */
public record OperationDto(
        @JsonUnwrapped Identity identity,
        OperationState state,
        @JsonUnwrapped Target target,
        @CheckForNull Run run,
        @CheckForNull String waitingFor,
        @JsonUnwrapped Outcome outcome,
        @CheckForNull OverridesDto overrides) {

    /** Returns the operation of a run, in a state that the caller has determined. */
    public static OperationDto of(StagingRun run, String id, StagingAction action, OperationState state) {
        Target target = Target.of(run.getParent());
        Identity identity = Identity.of(id, ApiFormat.of(action), target);
        return new OperationDto(
                identity,
                state,
                target,
                Run.of(run, identity.address()),
                null,
                state.isEnd() ? Outcome.of(run) : new Outcome(null, run.getExitCode(), null),
                OverridesDto.of(run.overrides()));
    }

    /** Returns the operation of an accepted request that has no run yet. */
    public static OperationDto waiting(Staging staging, PendingAction pending, @CheckForNull String waitingFor) {
        return waiting(staging, pending.requestId(), pending.action(), waitingFor);
    }

    /** Returns the operation of a request that waits for its turn. */
    public static OperationDto waiting(Staging staging, WaitingRequest request, @CheckForNull String waitingFor) {
        return waiting(staging, request.requestId(), action(request.kind()), waitingFor);
    }

    private static OperationDto waiting(
            Staging staging, String id, StagingAction action, @CheckForNull String waitingFor) {
        Target target = Target.of(staging);
        Identity identity = Identity.of(id, ApiFormat.of(action), target);
        return new OperationDto(identity, OperationState.WAITING, target, null, waitingFor, Outcome.NONE, null);
    }

    /** Returns the operation of a request that was refused when its turn came. */
    public static OperationDto refused(Staging staging, RefusedRequest refused) {
        Target target = Target.of(staging);
        Identity identity = Identity.of(refused.requestId(), ApiFormat.of(action(refused.kind())), target);
        return withoutRun(identity, OperationState.FAILED, target, Outcome.because(refused.sentence()));
    }

    /** Returns an operation whose run doesn’t exist. */
    public static OperationDto withoutRun(Identity identity, OperationState state, Target target, Outcome outcome) {
        return new OperationDto(identity, state, target, null, null, outcome, null);
    }

    private static StagingAction action(String kind) {
        return WaitingRequestService.action(Kind.valueOf(kind));
    }

    /**
     * Identity of an operation.
     *
     * @param id id of the operation, unique among all projects
     * @param address URL of the operation in this API
     * @param action name of the action in this API
     */
    public record Identity(String id, String address, String action) {

        public static Identity of(String id, String action, Target target) {
            return new Identity(id, ApiUrls.operation(target.project(), target.staging(), id), action);
        }
    }

    /**
     * Staging of an operation, which might no longer exist.
     *
     * @param project full name of the project
     * @param staging name of the staging
     * @param stagingAddress URL of the staging in this API
     */
    public record Target(String project, String staging, String stagingAddress) {

        public static Target of(String project, String staging) {
            return new Target(project, staging, ApiUrls.staging(project, staging));
        }

        private static Target of(Staging staging) {
            return of(staging.getParent().getFullName(), staging.getName());
        }
    }

    /**
     * Result of an operation, as far as it is known.
     *
     * @param reason sentence that explains a failure; {@code null} if there is none so far
     * @param exitCode exit code of the script; {@code null} if the script hasn’t ended, was killed or never started
     * @param statusAfter status of the staging after the operation; {@code null} if the operation hasn’t ended, or the
     *     staging no longer exists
     */
    public record Outcome(
            @CheckForNull String reason,
            @CheckForNull Integer exitCode,
            @CheckForNull Status statusAfter) {

        public static final Outcome NONE = new Outcome(null, null, null);

        /**
         * Returns the outcome of a failure before any script was started.
         *
         * @param reason sentence that explains the failure
         */
        public static Outcome because(String reason) {
            return new Outcome(reason, null, null);
        }

        /**
         * Returns the outcome of a run.
         *
         * @param run run that has ended
         */
        public static Outcome of(StagingRun run) {
            return new Outcome(run.getReason(), run.getExitCode(), run.getStatusAfter());
        }
    }

    /**
     * The run of an operation.
     *
     * @param page URL of the run’s page in Jenkins
     * @param log URL of the log in this API
     * @param seconds duration of the run; {@code null} while it is in progress
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
