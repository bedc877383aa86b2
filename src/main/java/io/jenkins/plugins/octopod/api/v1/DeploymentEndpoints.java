package io.jenkins.plugins.octopod.api.v1;

import hudson.model.Cause;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.v1.dto.CommandResponse;
import io.jenkins.plugins.octopod.api.v1.dto.CurrentStatus;
import io.jenkins.plugins.octopod.api.v1.dto.Deployment;
import io.jenkins.plugins.octopod.api.v1.dto.FullInfo;
import io.jenkins.plugins.octopod.api.v1.dto.Info;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.checks.OnDemandCheck;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Endpoints that read stagings and change them. */
final class DeploymentEndpoints {

    /** Staging with its last change, which is read once because it might change during sorting. */
    private record Listed(Instant changed, FullInfo info) {}

    private static final Comparator<Listed> NEWEST_CHANGE_FIRST =
            Comparator.comparing(Listed::changed).reversed();

    private DeploymentEndpoints() {}

    static ApiResponse list(ApiRequest request) {
        List<FullInfo> list = request.project()
                .visibleChildren(Staging.class)
                .map(FullInfo::of)
                .map(info -> new Listed(Instant.parse(info.updatedAt()), info))
                .sorted(NEWEST_CHANGE_FIRST)
                .map(Listed::info)
                .toList();
        return V1Responses.ok(list);
    }

    static ApiResponse create(ApiRequest request)
            throws RefusalException, ApiException, IOException, InterruptedException {
        return submit(request, Kind.CREATE, request.body(RequestBodies.DEPLOYMENT));
    }

    static ApiResponse update(ApiRequest request)
            throws RefusalException, ApiException, IOException, InterruptedException {
        return submit(
                request,
                Kind.UPDATE,
                request.body(RequestBodies.UPDATE).named(request.staging().getName()));
    }

    static ApiResponse archive(ApiRequest request) throws RefusalException, InterruptedException {
        return submit(request, Kind.ARCHIVE);
    }

    static ApiResponse restore(ApiRequest request) throws RefusalException, InterruptedException {
        return submit(request, Kind.RESTORE);
    }

    static ApiResponse cleanup(ApiRequest request) throws RefusalException, InterruptedException {
        return submit(request, Kind.CLEANUP);
    }

    static ApiResponse delete(ApiRequest request) throws RefusalException, InterruptedException {
        StagingService.forget(request.staging());
        return V1Responses.ok(CommandResponse.SUCCESS);
    }

    static ApiResponse info(ApiRequest request) throws RefusalException, IOException {
        return V1Responses.ok(List.of(Info.of(request.staging())));
    }

    static ApiResponse fullInfo(ApiRequest request) throws RefusalException {
        return V1Responses.ok(FullInfo.of(request.staging()));
    }

    static ApiResponse status(ApiRequest request) throws RefusalException, InterruptedException {
        return V1Responses.ok(CurrentStatus.of(OnDemandCheck.ask(request.staging())));
    }

    private static ApiResponse submit(ApiRequest request, Kind kind) throws RefusalException, InterruptedException {
        return submit(request, kind, request.staging().getName(), StagingOverrides.NONE);
    }

    private static ApiResponse submit(ApiRequest request, Kind kind, Deployment wanted)
            throws RefusalException, InterruptedException {
        return submit(request, kind, wanted.name(), wanted.overrides());
    }

    private static ApiResponse submit(ApiRequest request, Kind kind, String name, StagingOverrides overrides)
            throws RefusalException, InterruptedException {
        StagingService.submit(StagingRequest.builder(request.project(), name, kind)
                .overrides(overrides)
                .cause(new Cause.UserIdCause())
                .build());
        return V1Responses.ok(CommandResponse.SUCCESS);
    }
}
