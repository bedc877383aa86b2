package io.jenkins.plugins.octopod.api;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** HTTP response to an API request. */
@FunctionalInterface
public interface ApiResponse {

    String JSON = "application/json;charset=utf-8";

    void send(HttpServletResponse response) throws IOException;

    static ApiResponse of(int status, String contentType, byte[] body) {
        return response -> {
            begin(response, status, contentType);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        };
    }

    /** Begins a response that must not be cached, because it is for the current user and moment only. */
    static void begin(HttpServletResponse response, int status, String contentType) {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!response.containsHeader("Cache-Control")) {
            response.setHeader("Cache-Control", "no-store");
        }
    }

    default ApiResponse with(String header, String value) {
        return response -> {
            response.setHeader(header, value);
            send(response);
        };
    }
}
