package io.jenkins.plugins.octopod.api.v2.calls;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.v2.calls.LogContent.State;
import io.jenkins.plugins.octopod.api.v2.http.ByteRange;
import io.jenkins.plugins.octopod.api.v2.http.V2Request;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.log.LogStream;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Endpoint for the log of an operation, which might still be growing. A client requests further bytes until the header
 * {@link #COMPLETE} reports that the log is final.
 */
@ModuleInternal
public final class LogEndpoint {

    /** Header that reports whether the log is final. */
    static final String COMPLETE = "Octopod-Log-Complete";

    private static final String TEXT = "text/plain;charset=utf-8";
    private static final String STREAM = "stream";
    private static final List<String> STREAMS = List.of("all", "stdout", "stderr");

    private LogEndpoint() {}

    public static ApiResponse log(V2Request request) throws RefusalException, ApiException, IOException {
        String stream = request.query(STREAM).oneOf(STREAM, STREAMS);
        Staging staging = request.staging();
        String id = request.operationId();
        // In this order: a request that is no longer pending already has its run, if it ever gets one.
        boolean pending = RunLookup.isPending(staging, id);
        StagingRun run = RunLookup.run(staging, id);
        if (run == null && !pending) {
            throw new RefusalException(Reason.UNKNOWN, Messages.LogEndpoint_unknown(id, staging.getName()));
        }
        if (run == null) {
            staging.checkPermission(StagingPermissions.LOG);
            return reply(request, LogContent.EMPTY, State.GROWING);
        }
        run.checkPermission(StagingPermissions.LOG);
        // In this order: a log that is complete before its length is read doesn’t grow.
        State state = State.of(run);
        return reply(request, text(run, stream, state), state);
    }

    private static LogContent text(StagingRun run, String stream, State state) {
        return switch (stream) {
            case "stdout" -> LogContent.of(run, LogStream.STDOUT);
            case "stderr" -> LogContent.of(run, LogStream.STDERR);
            default -> LogContent.all(run, state);
        };
    }

    private static ApiResponse reply(V2Request request, LogContent text, State state) throws ApiException, IOException {
        boolean complete = state == State.COMPLETE;
        long length = text.length();
        ByteRange range = ByteRange.of(request.servlet().getHeader("Range"));
        Optional<ByteRange.Bytes> bytes = range == null ? Optional.of(ByteRange.Bytes.all(length)) : range.in(length);
        if (bytes.isEmpty()) {
            String sentence = complete ? Messages.LogEndpoint_end(length) : Messages.LogEndpoint_notYet(length);
            throw new ApiException(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE, sentence)
                    .with("Content-Range", "bytes */" + length)
                    .with(COMPLETE, Boolean.toString(complete));
        }
        ApiResponse apiResponse = send(request, text, bytes.get(), range);
        if (range != null) {
            String all = complete ? Long.toString(length) : "*";
            apiResponse = apiResponse.with(
                    "Content-Range",
                    "bytes " + bytes.get().first() + '-' + bytes.get().last() + '/' + all);
        }
        return apiResponse.with("Accept-Ranges", "bytes").with(COMPLETE, Boolean.toString(complete));
    }

    private static ApiResponse send(
            V2Request request, LogContent text, ByteRange.Bytes bytes, @CheckForNull ByteRange range) {
        int status = range == null ? HttpServletResponse.SC_OK : HttpServletResponse.SC_PARTIAL_CONTENT;
        return response -> {
            ApiResponse.begin(response, status, TEXT);
            response.setContentLengthLong(bytes.count());
            if (!request.isHead()) {
                text.copyTo(response.getOutputStream(), bytes);
            }
        };
    }
}
