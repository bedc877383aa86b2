package io.jenkins.plugins.octopod.api.v1;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.v1.dto.CommandResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Factory of API v1’s responses, which are those of the original Octopod. */
final class V1Responses {

    private V1Responses() {}

    /** Returns a JSON response with status 200. */
    static ApiResponse ok(Object body) {
        return json(HttpServletResponse.SC_OK, body);
    }

    static ApiResponse json(int status, Object body) {
        try {
            return ApiResponse.of(status, ApiResponse.JSON, V1Json.MAPPER.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ApiResponse text(int status, String text) {
        return ApiResponse.of(status, "text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    static ApiResponse error(int status, String sentence) {
        return json(status, CommandResponse.appError(sentence));
    }
}
