package io.jenkins.plugins.octopod.staging.waiting;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;

/** What waits for a staging, and what of that was refused last: all that a {@link WaitingRequestFile} has. Immutable. */
public final class WaitingState {

    @ModuleInternal
    public static final WaitingState NONE = new WaitingState(null, null);

    @CheckForNull
    private final WaitingRequest request;

    @CheckForNull
    private final RefusedRequest refused;

    private WaitingState(@CheckForNull WaitingRequest request, @CheckForNull RefusedRequest refused) {
        this.request = request;
        this.refused = refused;
    }

    /** The request that waits; null if none does. */
    @CheckForNull
    public WaitingRequest request() {
        return request;
    }

    /** The request that was refused when the staging became free; null if none was since a request was accepted. */
    @CheckForNull
    public RefusedRequest refused() {
        return refused;
    }

    /** Whether the request that waits has this id. */
    public boolean isWaiting(String requestId) {
        return request != null && request.requestId().equals(requestId);
    }

    @ModuleInternal
    public WaitingState with(WaitingRequest newRequest) {
        return new WaitingState(newRequest, refused);
    }

    /** The same without that request, if it waits. */
    @ModuleInternal
    public WaitingState without(String requestId) {
        return isWaiting(requestId) ? new WaitingState(null, refused) : this;
    }

    /** The same where that request doesn’t wait but is refused; unchanged if it doesn’t wait. */
    @ModuleInternal
    public WaitingState with(RefusedRequest newRefused) {
        return isWaiting(newRefused.requestId()) ? new WaitingState(null, newRefused) : this;
    }

    @ModuleInternal
    public WaitingState withoutRefused() {
        return refused == null ? this : new WaitingState(request, null);
    }

    /** Whether nothing is missing that a stored state must have. */
    boolean isComplete() {
        boolean requestComplete = request == null || request.requestId() != null && request.kind() != null;
        return requestComplete
                && (refused == null
                        || refused.requestId() != null && refused.kind() != null && refused.sentence() != null);
    }

    boolean isEmpty() {
        return request == null && refused == null;
    }
}
