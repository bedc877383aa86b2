package io.jenkins.plugins.octopod.staging.turn;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;

/**
 * A request that was accepted, or waits until its staging is free.
 *
 * @param staging current staging of the request, even if it will be cleaned up first
 * @param action action that the request results in
 * @param requestId id of the request
 * @param waitingSentence sentence about what the request waits for; null if it was accepted
 */
public record SubmittedRequest(
        Staging staging,
        StagingAction action,
        String requestId,
        @CheckForNull String waitingSentence) {

    /** Returns the result for a request that was accepted. */
    public static SubmittedRequest of(AcceptedRequest accepted) {
        return new SubmittedRequest(accepted.staging(), accepted.action(), accepted.requestId(), null);
    }

    /** Returns whether the request waits until its staging is free. */
    public boolean isWaiting() {
        return waitingSentence != null;
    }
}
