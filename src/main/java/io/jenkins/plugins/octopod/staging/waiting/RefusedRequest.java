package io.jenkins.plugins.octopod.staging.waiting;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.time.Instant;

/**
 * A request that waited for its staging, and was refused when the staging became free. Stored like
 * {@link WaitingRequest}. Immutable.
 */
public final class RefusedRequest {

    /** In characters; a longer sentence, such as the output of config_check, is cut. */
    private static final int MAX_SENTENCE = 10_000;

    private final String requestId;
    private final String kind;

    @CheckForNull
    private final String user;

    private final String sentence;
    private final long at;

    @ModuleInternal
    public RefusedRequest(WaitingRequest request, String sentence, Instant at) {
        this.requestId = request.requestId();
        this.kind = request.kind();
        this.user = request.user();
        this.sentence = sentence.length() <= MAX_SENTENCE ? sentence : sentence.substring(0, MAX_SENTENCE) + '…';
        this.at = at.toEpochMilli();
    }

    public String requestId() {
        return requestId;
    }

    /** Returns the name of a constant of {@code StagingRequest.Kind}. */
    public String kind() {
        return kind;
    }

    /** Returns the id of the user who made the request; null for Jenkins itself. */
    @CheckForNull
    public String user() {
        return user;
    }

    /** Returns why the request was refused. */
    public String sentence() {
        return sentence;
    }

    public Instant at() {
        return Instant.ofEpochMilli(at);
    }
}
