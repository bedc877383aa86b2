package io.jenkins.plugins.octopod.staging.turn;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;

/**
 * A request that was accepted, or waits for its turn.
 *
 * @param staging that it is about; the one that is there now, even if that will be cleaned up first
 * @param action that it comes to
 * @param requestId by which it is known
 * @param waitingSentence says what it waits for; null if it was accepted
 */
public record SubmittedRequest(
        Staging staging,
        StagingAction action,
        String requestId,
        @CheckForNull String waitingSentence) {

    /** Of a request that was accepted. */
    public static SubmittedRequest of(AcceptedRequest accepted) {
        return new SubmittedRequest(accepted.staging(), accepted.action(), accepted.requestId(), null);
    }

    /** Whether it waits for its turn. */
    public boolean isWaiting() {
        return waitingSentence != null;
    }
}
