package io.jenkins.plugins.octopod.dashboard.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** Reads and writes the JSON of requests from pages’ scripts. The bodies are records. */
public final class JsonHttp {

    /** Limit in bytes, enough for the largest overrides that an administrator can allow. */
    private static final int MAX_LENGTH = 2 << 20;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonHttp() {}

    public static HttpResponse ok(Object body) {
        return answer(200, body);
    }

    /** Returns a response that must not be cached, because it is for the current user and moment only. */
    public static HttpResponse answer(int statusCode, Object body) {
        return new HttpResponse() {
            @Override
            public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node) throws IOException {
                byte[] bytes = MAPPER.writeValueAsBytes(body);
                rsp.setStatus(statusCode);
                rsp.setContentType("application/json;charset=UTF-8");
                rsp.setHeader("Cache-Control", "no-store");
                rsp.setHeader("X-Content-Type-Options", "nosniff");
                RefusalResponse.setRetryAfter(rsp, statusCode);
                rsp.setContentLength(bytes.length);
                rsp.getOutputStream().write(bytes);
            }
        };
    }

    /**
     * Reads the body of a request that can contain overrides. If the body is invalid, the response has the status 400.
     */
    public static <T> T read(StaplerRequest2 request, Class<T> type) throws IOException {
        return read(request, type, MAX_LENGTH);
    }

    /**
     * Reads the body of a request.
     *
     * @param maxLength limit in bytes; if the body is longer, the response has the status 413
     */
    public static <T> T read(StaplerRequest2 request, Class<T> type, int maxLength) throws IOException {
        if (request.getContentLengthLong() > maxLength) {
            throw HttpResponses.error(413, Messages.JsonHttp_tooLong());
        }
        byte[] bytes;
        try (InputStream body = request.getInputStream()) {
            bytes = body.readNBytes(maxLength + 1);
        }
        if (bytes.length > maxLength) {
            throw HttpResponses.error(413, Messages.JsonHttp_tooLong());
        }
        try {
            T value = MAPPER.readValue(new String(bytes, StandardCharsets.UTF_8), type);
            if (value == null) {
                throw HttpResponses.error(400, Messages.JsonHttp_notUnderstood(""));
            }
            return value;
        } catch (JsonProcessingException e) {
            throw HttpResponses.error(400, Messages.JsonHttp_notUnderstood(e.getOriginalMessage()));
        }
    }
}
