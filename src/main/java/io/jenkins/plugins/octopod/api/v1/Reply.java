package io.jenkins.plugins.octopod.api.v1;

import io.jenkins.plugins.octopod.api.v1.forms.CommandResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a request is answered with. */
@FunctionalInterface
interface Reply {

    String JSON = "application/json;charset=utf-8";

    void send(HttpServletResponse response) throws IOException;

    /** One of the forms, with 200. */
    static Reply ok(Object form) {
        return json(HttpServletResponse.SC_OK, form);
    }

    static Reply json(int status, Object form) {
        return response -> write(response, status, JSON, Forms.MAPPER.writeValueAsBytes(form));
    }

    static Reply text(int status, String text) {
        return response -> write(response, status, "text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply error(int status, String sentence) {
        return json(status, CommandResponse.appError(sentence));
    }

    private static void write(HttpServletResponse response, int status, String contentType, byte[] body)
            throws IOException {
        begin(response, status, contentType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Not to be kept by anybody on the way: it is of this moment, and for this user. */
    static void begin(HttpServletResponse response, int status, String contentType) {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }
}
