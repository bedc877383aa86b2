package io.jenkins.plugins.octopod.api.v2.calls;

import com.fasterxml.jackson.core.type.TypeReference;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import hudson.model.Item;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.RequestBody;
import io.jenkins.plugins.octopod.api.v2.dto.NewStagingDto;
import io.jenkins.plugins.octopod.api.v2.dto.OverridesDto;
import io.jenkins.plugins.octopod.api.v2.dto.StagingDto;
import io.jenkins.plugins.octopod.api.v2.format.ApiFormat;
import io.jenkins.plugins.octopod.api.v2.http.ConditionalRequests;
import io.jenkins.plugins.octopod.api.v2.http.Preferences;
import io.jenkins.plugins.octopod.api.v2.http.V2Json;
import io.jenkins.plugins.octopod.api.v2.http.V2Request;
import io.jenkins.plugins.octopod.api.v2.operations.IdempotencyKey;
import io.jenkins.plugins.octopod.api.v2.operations.IdempotencyKeyStore;
import io.jenkins.plugins.octopod.api.v2.operations.OperationRegistry;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import io.jenkins.plugins.octopod.staging.request.Redeployment;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.turn.IfBusy;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import java.io.IOException;
import java.util.Optional;

/** Endpoints that request actions on stagings. Each returns its operation as soon as the request is accepted. */
@ModuleInternal
public final class StagingActionEndpoints {

    private static final String OVERRIDES_EXAMPLE = "{\"deployment\":[{\"key\":\"image.tag\",\"value\":\"015f16e\"}],"
            + "\"application\":[{\"key\":\"DEBUG\",\"removed\":true}]}";

    private static final RequestBody<OverridesDto> OVERRIDES =
            new RequestBody<>(V2Json.MAPPER, new TypeReference<>() {}, OVERRIDES_EXAMPLE);

    private static final RequestBody<NewStagingDto> NEW_STAGING = new RequestBody<>(
            V2Json.MAPPER,
            new TypeReference<>() {},
            "{\"name\":\"orange-button\",\"overrides\":" + OVERRIDES_EXAMPLE + '}');

    private static final String FORGET = "forget";

    private StagingActionEndpoints() {}

    public static ApiResponse create(V2Request request)
            throws RefusalException, ApiException, IOException, InterruptedException {
        request.requireNoQuery();
        ConditionalRequests.requireNoIfMatch(request);
        OctopodProject project = request.project();
        NewStagingDto dto = request.body(NEW_STAGING);
        Optional<Staging> there = StagingService.find(project, dto.name());
        String id = IdempotencyKeyStore.get().runOnce(IdempotencyKey.of(request, dto), there, requestId -> {
            submit(
                    request,
                    wanted(StagingRequest.builder(project, dto.name(), Kind.CREATE), dto.overrides())
                            .id(requestId)
                            .build());
        });
        return Preferences.applied(request, OperationEndpoints.accepted(request, dto.name(), id));
    }

    public static ApiResponse replace(V2Request request)
            throws RefusalException, ApiException, IOException, InterruptedException {
        return update(request, Kind.UPDATE);
    }

    public static ApiResponse merge(V2Request request)
            throws RefusalException, ApiException, IOException, InterruptedException {
        return update(request, Kind.MERGE);
    }

    private static ApiResponse update(V2Request request, Kind kind)
            throws RefusalException, ApiException, IOException, InterruptedException {
        request.requireNoQuery();
        return submit(request, kind, request.body(OVERRIDES));
    }

    /** Deploys the staging again without changing its overrides. */
    public static ApiResponse redeploy(V2Request request) throws RefusalException, ApiException, InterruptedException {
        return submit(request, Kind.MERGE);
    }

    /** Deploys the staging with exactly the overrides of an earlier operation. Also restores an archived staging. */
    public static ApiResponse redeployAsIn(V2Request request)
            throws RefusalException, ApiException, InterruptedException {
        request.requireNothing();
        OctopodProject project = request.project();
        String id = IdempotencyKeyStore.get()
                .runOnce(IdempotencyKey.of(request, null), request.findStaging(project), requestId -> {
                    Staging staging = request.staging();
                    submit(
                            request,
                            Redeployment.asIn(run(request, staging))
                                    .id(requestId)
                                    .expectedVersion(ConditionalRequests.expectedVersion(request, staging))
                                    .cause(new Cause.UserIdCause())
                                    .build());
                });
        return Preferences.applied(request, OperationEndpoints.accepted(request, request.stagingName(), id));
    }

    /** Returns the run of the operation in the request’s URL, however old it is. */
    private static StagingRun run(V2Request request, Staging staging) throws RefusalException {
        // Before the search, which may read many runs.
        staging.checkPermission(Item.BUILD);
        String id = request.operationId();
        StagingRun run = RunLookup.anyRun(staging, id);
        if (run == null) {
            OperationEndpoints.require(request, staging.getName(), id);
            throw new RefusalException(Reason.UNKNOWN, Messages.StagingActionEndpoints_noRun(id, staging.getName()));
        }
        return run;
    }

    public static ApiResponse archive(V2Request request) throws RefusalException, ApiException, InterruptedException {
        return submit(request, Kind.ARCHIVE);
    }

    public static ApiResponse restore(V2Request request) throws RefusalException, ApiException, InterruptedException {
        return submit(request, Kind.RESTORE);
    }

    public static ApiResponse cleanup(V2Request request) throws RefusalException, ApiException, InterruptedException {
        return submit(request, Kind.CLEANUP);
    }

    private static ApiResponse submit(V2Request request, Kind kind)
            throws RefusalException, ApiException, InterruptedException {
        request.requireNothing();
        return submit(request, kind, null);
    }

    private static ApiResponse submit(V2Request request, Kind kind, @CheckForNull OverridesDto dto)
            throws RefusalException, ApiException, InterruptedException {
        OctopodProject project = request.project();
        // The key is checked first, because the original request might have removed the staging.
        String id = IdempotencyKeyStore.get()
                .runOnce(IdempotencyKey.of(request, dto), request.findStaging(project), requestId -> {
                    Staging staging = request.staging();
                    submit(
                            request,
                            wanted(StagingRequest.builder(staging, kind), dto)
                                    .id(requestId)
                                    .expectedVersion(ConditionalRequests.expectedVersion(request, staging))
                                    .build());
                });
        return Preferences.applied(request, OperationEndpoints.accepted(request, request.stagingName(), id));
    }

    private static StagingRequest.Builder wanted(StagingRequest.Builder request, @CheckForNull OverridesDto overrides)
            throws RefusalException {
        return request.overrides(overrides == null ? StagingOverrides.NONE : overrides.toOverrides())
                .cause(new Cause.UserIdCause());
    }

    private static void submit(V2Request request, StagingRequest wanted) throws RefusalException, InterruptedException {
        accept(
                wanted.id(),
                word(wanted),
                wanted.project(),
                wanted.name(),
                () -> WaitingRequestService.submit(wanted, IfBusy.of(Preferences.isWaiting(request))));
    }

    /** Deletes the item in Jenkins, and runs no script. */
    public static ApiResponse forget(V2Request request) throws RefusalException, ApiException, InterruptedException {
        request.requireNothing();
        ConditionalRequests.requireNoIfMatch(request);
        OctopodProject project = request.project();
        String id = IdempotencyKeyStore.get()
                .runOnce(IdempotencyKey.of(request, null), request.findStaging(project), requestId -> {
                    Staging staging = request.staging();
                    accept(requestId, FORGET, project, staging.getName(), () -> StagingService.forget(staging));
                    OperationRegistry.get().done(requestId);
                });
        return OperationEndpoints.accepted(request, request.stagingName(), id);
    }

    /**
     * Confirms, on behalf of the user, that a script has ended whose state Jenkins can’t determine. It is done when the
     * response is sent.
     */
    public static ApiResponse confirmEnded(V2Request request) throws RefusalException, ApiException {
        request.requireNothing();
        ConditionalRequests.requireNoIfMatch(request);
        Staging staging = request.staging();
        StagingService.confirmEnded(staging);
        return V2Json.reply(200, StagingDto.of(staging));
    }

    @FunctionalInterface
    private interface Facade {
        void ask() throws RefusalException, InterruptedException;
    }

    private static void accept(String requestId, String action, OctopodProject project, String name, Facade facade)
            throws RefusalException, InterruptedException {
        OperationRegistry operations = OperationRegistry.get();
        operations.add(requestId, action, project, name);
        boolean accepted = false;
        try {
            facade.ask();
            accepted = true;
        } finally {
            if (!accepted) {
                operations.remove(requestId);
            }
        }
    }

    /** Returns the name of the action that the request results in, as far as it is known now. */
    private static String word(StagingRequest request) {
        Staging staging = request.staging();
        return ApiFormat.of(request.kind().action(staging == null ? null : staging.getStatus()));
    }
}
