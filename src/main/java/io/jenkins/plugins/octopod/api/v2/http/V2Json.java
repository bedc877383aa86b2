package io.jenkins.plugins.octopod.api.v2.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.StrictJson;
import java.io.UncheckedIOException;

/** JSON mapper of API v2. */
@ModuleInternal
public final class V2Json {

    public static final ObjectMapper MAPPER = StrictJson.builder().build();

    private V2Json() {}

    /** Returns an object as JSON. */
    public static byte[] bytes(Object body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a response with a JSON body. */
    public static ApiResponse reply(int status, Object body) {
        return ApiResponse.of(status, ApiResponse.JSON, bytes(body));
    }
}
