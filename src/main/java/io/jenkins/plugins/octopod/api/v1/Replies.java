package io.jenkins.plugins.octopod.api.v1;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.octopod.api.Reply;
import io.jenkins.plugins.octopod.api.v1.forms.CommandResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What the original’s API answers with. */
final class Replies {

    private Replies() {}

    /** One of the forms, with 200. */
    static Reply ok(Object form) {
        return json(HttpServletResponse.SC_OK, form);
    }

    static Reply json(int status, Object form) {
        try {
            return Reply.of(status, Reply.JSON, Forms.MAPPER.writeValueAsBytes(form));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Reply text(int status, String text) {
        return Reply.of(status, "text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply error(int status, String sentence) {
        return json(status, CommandResponse.appError(sentence));
    }
}
