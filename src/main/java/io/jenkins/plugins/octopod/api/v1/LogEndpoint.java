package io.jenkins.plugins.octopod.api.v1;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.log.LogStream;
import io.jenkins.plugins.octopod.staging.log.RunLogReader;
import io.jenkins.plugins.octopod.staging.queue.ActionIdCodec;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Endpoint for the output of an action’s script. The output is streamed from the disk to the client, a piece at a time.
 */
final class LogEndpoint {

    private LogEndpoint() {}

    static ApiResponse log(ApiRequest request) throws RefusalException {
        Optional<StagingRun> run = id(request.parameter()).flatMap(id -> ActionIdCodec.find(request.project(), id));
        if (run.isEmpty()) {
            throw new RefusalException(Reason.UNKNOWN, Messages.LogEndpoint_unknown(request.parameter()));
        }
        run.get().checkPermission(StagingPermissions.LOG);
        RunLogReader output = RunLogReader.of(run.get());
        return response -> {
            try (InputStream stdout = output.open(LogStream.STDOUT);
                    InputStream stderr = output.open(LogStream.STDERR)) {
                ApiResponse.begin(response, HttpServletResponse.SC_OK, ApiResponse.JSON);
                write(stdout, stderr, response.getOutputStream());
            }
        };
    }

    private static Optional<Long> id(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Writes {@code {"stdout":{"un_stdout":"…"},"stderr":{"un_stderr":"…"}}}. */
    static void write(InputStream stdout, InputStream stderr, OutputStream out) throws IOException {
        // Closed only at the end: closing it after an error would complete the JSON, so that it looked whole.
        JsonGenerator json = V1Json.MAPPER.createGenerator(out);
        json.writeStartObject();
        json.writeObjectFieldStart("stdout");
        write(json, "un_stdout", stdout);
        json.writeEndObject();
        json.writeObjectFieldStart("stderr");
        write(json, "un_stderr", stderr);
        json.writeEndObject();
        json.writeEndObject();
        json.close();
    }

    private static void write(JsonGenerator json, String field, InputStream text) throws IOException {
        json.writeFieldName(field);
        json.writeString(new InputStreamReader(text, StandardCharsets.UTF_8), -1);
    }
}
