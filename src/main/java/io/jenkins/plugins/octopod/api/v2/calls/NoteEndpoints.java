package io.jenkins.plugins.octopod.api.v2.calls;

import com.fasterxml.jackson.core.type.TypeReference;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.RequestBody;
import io.jenkins.plugins.octopod.api.v2.dto.NoteDto;
import io.jenkins.plugins.octopod.api.v2.dto.StagingDto;
import io.jenkins.plugins.octopod.api.v2.http.ConditionalRequests;
import io.jenkins.plugins.octopod.api.v2.http.V2Json;
import io.jenkins.plugins.octopod.api.v2.http.V2Request;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.request.NoteService;
import java.io.IOException;

/**
 * Endpoint that changes the note of a staging. A change runs no script, so it is complete when the response is sent. The
 * staging itself contains its note.
 */
@ModuleInternal
public final class NoteEndpoints {

    private static final RequestBody<NoteDto> NOTE =
            new RequestBody<>(V2Json.MAPPER, new TypeReference<>() {}, "{\"text\":\"for Anna’s demo on Thursday\"}");

    private NoteEndpoints() {}

    public static ApiResponse replace(V2Request request) throws RefusalException, ApiException, IOException {
        request.requireNoQuery();
        ConditionalRequests.requireNoIfMatch(request);
        Staging staging = request.staging();
        NoteService.write(staging, request.body(NOTE).text());
        return V2Json.reply(200, StagingDto.of(staging));
    }
}
