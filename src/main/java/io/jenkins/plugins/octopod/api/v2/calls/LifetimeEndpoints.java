package io.jenkins.plugins.octopod.api.v2.calls;

import com.fasterxml.jackson.core.type.TypeReference;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.RequestBody;
import io.jenkins.plugins.octopod.api.v2.dto.LifetimeDto;
import io.jenkins.plugins.octopod.api.v2.http.ConditionalRequests;
import io.jenkins.plugins.octopod.api.v2.http.V2Json;
import io.jenkins.plugins.octopod.api.v2.http.V2Request;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import java.io.IOException;

/**
 * Endpoints that read and change how long a staging is kept. A change runs no script, so it is complete when the
 * response is sent.
 */
@ModuleInternal
public final class LifetimeEndpoints {

    private static final RequestBody<LifetimeDto> LIFETIME = new RequestBody<>(
            V2Json.MAPPER, new TypeReference<>() {}, "{\"pinned\":false,\"expiryDays\":14,\"expiryDate\":null}");

    private LifetimeEndpoints() {}

    public static ApiResponse get(V2Request request) throws RefusalException, ApiException {
        request.requireNoQuery();
        Staging staging = request.staging();
        return ConditionalRequests.versioned(request, "", () -> V2Json.reply(200, LifetimeDto.of(staging)));
    }

    public static ApiResponse replace(V2Request request) throws RefusalException, ApiException, IOException {
        request.requireNoQuery();
        ConditionalRequests.requireNoIfMatch(request);
        Staging staging = request.staging();
        LifetimeDto wanted = request.body(LIFETIME);
        LifetimeService.update(staging, wanted.expiry(), wanted.pinned());
        return V2Json.reply(200, LifetimeDto.of(staging));
    }
}
