package io.jenkins.plugins.octopod.staging.waiting;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;

/**
 * The request that waits for a staging, and the waiting request that was refused last. It is the content of a
 * {@link WaitingRequestFile}. Immutable.
 */
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

    /** Returns the request that waits; null if there is none. */
    @CheckForNull
    public WaitingRequest request() {
        return request;
    }

    /** Returns the waiting request that was refused last; null if there is none, or a request was accepted since. */
    @CheckForNull
    public RefusedRequest refused() {
        return refused;
    }

    /** Returns whether the waiting request has this id. */
    public boolean isWaiting(String requestId) {
        return request != null && request.requestId().equals(requestId);
    }

    @ModuleInternal
    public WaitingState with(WaitingRequest newRequest) {
        return new WaitingState(newRequest, refused);
    }

    /** Returns a copy without that request; the same object if a different one waits, or none. */
    @ModuleInternal
    public WaitingState without(String requestId) {
        return isWaiting(requestId) ? new WaitingState(null, refused) : this;
    }

    /** Returns a copy in which that request is refused instead of waiting; the same object if it doesn’t wait. */
    @ModuleInternal
    public WaitingState with(RefusedRequest newRefused) {
        return isWaiting(newRefused.requestId()) ? new WaitingState(null, newRefused) : this;
    }

    @ModuleInternal
    public WaitingState withoutRefused() {
        return refused == null ? this : new WaitingState(request, null);
    }

    /** Returns whether the state has everything that a stored state must have. */
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
