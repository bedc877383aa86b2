package io.jenkins.plugins.octopod.staging.turn;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.staging.support.AgentChannel;
import java.time.Duration;

/**
 * The next attempt to submit a request that couldn’t be submitted for a reason that may pass, such as an agent that is
 * reconnecting. The pauses double from two seconds up to a minute. The last attempt is made when an agent that has lost its
 * connection is given up, too. Immutable.
 */
final class SubmissionRetry {

    private static final Duration MIN_PAUSE = Duration.ofSeconds(2);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);

    private final String requestId;

    /** By {@link System#nanoTime}, as {@link #nextAttemptAt}. */
    private final long firstFailureAt;

    private final boolean first;

    private final long nextAttemptAt;

    /** The pause after the next attempt, should that fail too. */
    private final Duration nextPause;

    private SubmissionRetry(String requestId, long firstFailureAt, long now, Duration pause) {
        this.requestId = requestId;
        this.firstFailureAt = firstFailureAt;
        this.first = now == firstFailureAt;
        Duration left = AgentChannel.reconnectTimeout().minusNanos(now - firstFailureAt);
        this.nextAttemptAt = now + min(pause, left).toNanos();
        this.nextPause = min(pause.multipliedBy(2), MAX_PAUSE);
    }

    /**
     * Returns the attempt after one that has failed just now; null if the request is to be refused instead.
     *
     * @param before the attempt that has failed; null, or of another request, if it was the first one
     */
    @CheckForNull
    static SubmissionRetry after(@CheckForNull SubmissionRetry before, String requestId) {
        long now = System.nanoTime();
        boolean again = before != null && before.isOf(requestId);
        long firstFailureAt = again ? before.firstFailureAt : now;
        return Duration.ofNanos(now - firstFailureAt).compareTo(AgentChannel.reconnectTimeout()) >= 0
                ? null
                : new SubmissionRetry(requestId, firstFailureAt, now, again ? before.nextPause : MIN_PAUSE);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Whether one attempt has failed by now, and no more. */
    boolean isFirst() {
        return first;
    }

    boolean isOf(String id) {
        return requestId.equals(id);
    }

    /** Returns the time until the next attempt, in nanoseconds; not positive if that is due. */
    long remainingNanos() {
        return nextAttemptAt - System.nanoTime();
    }
}
