package io.jenkins.plugins.octopod.staging.turn;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.time.Backoff;
import io.jenkins.plugins.octopod.staging.support.AgentChannel;
import java.time.Duration;

/**
 * The next attempt to submit a request after a failure that might be temporary, such as an agent that is reconnecting.
 * The pauses double from two seconds up to a minute. The last attempt is made when the time limit for an agent to
 * reconnect has expired. Immutable.
 */
final class SubmissionRetry {

    private static final Backoff BACKOFF = Backoff.doubling(Duration.ofSeconds(2), Duration.ofMinutes(1));

    private final String requestId;

    /** Time of {@link System#nanoTime}, like {@link #nextAttemptAt}. */
    private final long firstFailureAt;

    private final boolean first;

    private final long nextAttemptAt;

    /** Pause after the next attempt if that fails too. */
    private final Duration nextPause;

    private SubmissionRetry(String requestId, long firstFailureAt, long now, Duration pause) {
        this.requestId = requestId;
        this.firstFailureAt = firstFailureAt;
        this.first = now == firstFailureAt;
        Duration left = AgentChannel.reconnectTimeout().minusNanos(now - firstFailureAt);
        this.nextAttemptAt = now + (pause.compareTo(left) < 0 ? pause : left).toNanos();
        this.nextPause = BACKOFF.next(pause);
    }

    /**
     * Returns the attempt after one that has just failed; null if the request must be refused instead.
     *
     * @param before attempt that has failed; null, or one of a different request, if it was the first
     */
    @CheckForNull
    static SubmissionRetry after(@CheckForNull SubmissionRetry before, String requestId) {
        long now = System.nanoTime();
        boolean again = before != null && before.isOf(requestId);
        long firstFailureAt = again ? before.firstFailureAt : now;
        return Duration.ofNanos(now - firstFailureAt).compareTo(AgentChannel.reconnectTimeout()) >= 0
                ? null
                : new SubmissionRetry(requestId, firstFailureAt, now, again ? before.nextPause : BACKOFF.min());
    }

    /** Returns whether exactly one attempt has failed. */
    boolean isFirst() {
        return first;
    }

    boolean isOf(String id) {
        return requestId.equals(id);
    }

    /** Returns the time until the next attempt, in nanoseconds; not positive if the attempt is due. */
    long remainingNanos() {
        return nextAttemptAt - System.nanoTime();
    }
}
