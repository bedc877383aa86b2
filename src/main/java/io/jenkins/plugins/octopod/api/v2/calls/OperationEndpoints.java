package io.jenkins.plugins.octopod.api.v2.calls;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.v2.dto.OperationDto;
import io.jenkins.plugins.octopod.api.v2.dto.OperationState;
import io.jenkins.plugins.octopod.api.v2.dto.OperationsDto;
import io.jenkins.plugins.octopod.api.v2.format.ApiUrls;
import io.jenkins.plugins.octopod.api.v2.http.Paging;
import io.jenkins.plugins.octopod.api.v2.http.QueryParameters;
import io.jenkins.plugins.octopod.api.v2.http.V2Json;
import io.jenkins.plugins.octopod.api.v2.http.V2Request;
import io.jenkins.plugins.octopod.api.v2.operations.OperationRegistry;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.BusyMessage;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import io.jenkins.plugins.octopod.staging.waiting.RefusedRequest;
import io.jenkins.plugins.octopod.staging.waiting.WaitingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Endpoints that read and abort operations. */
@ModuleInternal
public final class OperationEndpoints {

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    /** Value of the header in seconds. */
    private static final String ASK_AGAIN = "1";

    private OperationEndpoints() {}

    public static ApiResponse get(V2Request request) throws RefusalException, ApiException {
        request.requireNoQuery();
        return reply(200, find(request, request.stagingName(), request.operationId()));
    }

    /** Returns the response for an accepted operation, with its URL, at which clients can wait for its end. */
    static ApiResponse accepted(V2Request request, String stagingName, String id) throws RefusalException {
        return accepted(find(request, stagingName, id));
    }

    private static ApiResponse accepted(OperationDto dto) {
        return reply(202, dto).with("Location", dto.identity().address());
    }

    private static ApiResponse reply(int status, OperationDto dto) {
        ApiResponse apiResponse = V2Json.reply(status, dto);
        return dto.state().isEnd() ? apiResponse : apiResponse.with("Retry-After", ASK_AGAIN);
    }

    /**
     * Checks that an operation is known.
     *
     * @throws RefusalException if it isn’t
     */
    static void require(V2Request request, String stagingName, String id) throws RefusalException {
        find(request, stagingName, id);
    }

    private static OperationDto find(V2Request request, String stagingName, String id) throws RefusalException {
        OctopodProject project = request.project();
        Optional<Staging> staging = StagingService.find(project, stagingName)
                .filter(each -> each.getName().equals(stagingName));
        OperationRegistry registry = OperationRegistry.get();
        return staging.map(each -> existing(each, id))
                .or(() -> staging.isPresent()
                        ? registry.find(project, stagingName, id)
                        : registry.findOwn(project, stagingName, id))
                .orElseThrow(() ->
                        new RefusalException(Reason.UNKNOWN, Messages.OperationEndpoints_unknown(id, stagingName)));
    }

    /** Returns the operation; null if it neither waits nor is pending, has no run, and wasn’t refused at its turn. */
    @CheckForNull
    private static OperationDto existing(Staging staging, String id) {
        // In this order: an accepted request is pending when it no longer waits for its turn, and has its run, if it
        // ever gets one, when it is no longer pending.
        WaitingRequest waiting = WaitingRequestService.find(staging);
        if (waiting != null && waiting.requestId().equals(id)) {
            return waiting(staging, waiting);
        }
        PendingAction pending = staging.observedState().pending();
        boolean isPending = pending != null && pending.requestId().equals(id);
        StagingRun run = RunLookup.run(staging, id);
        if (run != null) {
            return of(run, isPending ? OperationState.RUNNING : OperationState.of(run));
        }
        if (isPending) {
            return waiting(staging, pending);
        }
        RefusedRequest refused = WaitingRequestService.refusal(staging.getParent(), staging.getName(), id);
        return refused == null ? null : OperationDto.refused(staging, refused);
    }

    private static OperationDto waiting(Staging staging, WaitingRequest waiting) {
        PendingAction pending = staging.observedState().pending();
        return OperationDto.waiting(staging, waiting, pending == null ? null : BusyMessage.of(staging, pending));
    }

    private static OperationDto waiting(Staging staging, PendingAction pending) {
        return OperationDto.waiting(staging, pending, RunLookup.queueReason(staging));
    }

    /** Returns the operation of a run; null if the run has no parameters. */
    @CheckForNull
    private static OperationDto of(StagingRun run, OperationState state) {
        StagingRunParameters parameters = run.parameters();
        return parameters == null
                ? null
                : OperationDto.of(run, parameters.getRequestId(), parameters.getAction(), state);
    }

    public static ApiResponse list(V2Request request) throws RefusalException, ApiException {
        QueryParameters queryParameters = request.query(Paging.LIMIT, Paging.CURSOR);
        int limit = queryParameters.number(Paging.LIMIT, 1, MAX_LIMIT, DEFAULT_LIMIT);
        int before = queryParameters.number(Paging.CURSOR, 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
        Staging staging = request.staging();
        PendingAction pending = staging.observedState().pending();
        List<OperationDto> operations = new ArrayList<>();
        WaitingRequest waiting = WaitingRequestService.find(staging);
        if (before == Integer.MAX_VALUE && waiting != null) {
            operations.add(waiting(staging, waiting));
        }
        boolean begun = pending != null && RunLookup.run(staging, pending.requestId()) != null;
        if (before == Integer.MAX_VALUE && pending != null && !begun) {
            operations.add(waiting(staging, pending));
        }
        StagingRun run = before == 1 ? null : staging.getNearestOldBuild(before - 1);
        while (run != null && operations.size() < limit) {
            boolean isPending = RunLookup.isPending(staging, requestId(run));
            OperationDto dto = of(run, isPending ? OperationState.RUNNING : OperationState.of(run));
            if (dto != null) {
                operations.add(dto);
            }
            run = run.getPreviousBuild();
        }
        String next = run == null ? null : next(staging, queryParameters, run);
        ApiResponse apiResponse = V2Json.reply(200, new OperationsDto(next, operations));
        return next == null ? apiResponse : apiResponse.with("Link", '<' + next + ">; rel=\"next\"");
    }

    private static String requestId(StagingRun run) {
        StagingRunParameters parameters = run.parameters();
        return parameters == null ? "" : parameters.getRequestId();
    }

    /**
     * Returns the URL of the next page.
     *
     * @param first first run that isn’t on this page
     */
    private static String next(Staging staging, QueryParameters queryParameters, StagingRun first) {
        String behind = Integer.toString(first.getNumber() + 1);
        return ApiUrls.staging(staging) + "/operations" + queryParameters.with(Paging.CURSOR, behind);
    }

    /** Aborts the operation if it is the current one of its staging. */
    public static ApiResponse abort(V2Request request) throws RefusalException, ApiException {
        request.requireNothing();
        Staging staging = request.staging();
        WaitingRequest waiting = WaitingRequestService.find(staging);
        if (waiting != null && waiting.requestId().equals(request.operationId())) {
            OperationDto dto = waiting(staging, waiting);
            // Otherwise the request was accepted in the meantime.
            if (cancel(staging, dto)) {
                return accepted(dto);
            }
        }
        staging.checkAbortPermission();
        OperationDto dto = find(request, staging.getName(), request.operationId());
        if (dto.state().isEnd()) {
            throw new RefusalException(
                    Reason.NOT_NOW,
                    Messages.OperationEndpoints_ended(dto.state().word()));
        }
        // An operation that never begins leaves no run, but the client must be able to find out that it was aborted.
        register(staging, dto);
        StagingService.abort(staging, dto.identity().id());
        return accepted(dto);
    }

    /** Cancels a request that waits for its turn. Its requester may do that without the permission to abort. */
    private static boolean cancel(Staging staging, OperationDto dto) throws RefusalException {
        // First, because it checks the permission.
        boolean cancelled = WaitingRequestService.cancel(staging, dto.identity().id());
        if (cancelled) {
            register(staging, dto);
        }
        return cancelled;
    }

    private static void register(Staging staging, OperationDto dto) {
        OperationDto.Identity identity = dto.identity();
        OperationRegistry.get().add(identity.id(), identity.action(), staging.getParent(), staging.getName());
    }
}
