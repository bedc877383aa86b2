package io.jenkins.plugins.octopod.staging.turn;

import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.waiting.WaitingRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jenkins.util.Timer;

/** Schedules attempts to submit the requests that wait for stagings. Thread-safe. */
final class SubmissionRetries {

    private static final long DEFAULT_PAUSE_SECONDS = 2;

    private final Consumer<Staging> submission;

    private final Map<Staging, SubmissionRetry> retries = new ConcurrentHashMap<>();

    /** One timer for each staging, even if many changes are reported in the meantime. */
    private final Map<Staging, ScheduledFuture<?>> timers = new ConcurrentHashMap<>();

    /**
     * Creates a schedule without attempts.
     *
     * @param submission submits the request that waits for a staging; called on a timer thread, which it must not block
     */
    SubmissionRetries(Consumer<Staging> submission) {
        this.submission = submission;
    }

    /**
     * Records a failed attempt.
     *
     * @return false if the request must be refused instead of submitted again
     */
    boolean add(Staging staging, WaitingRequest waiting) {
        return retries.compute(staging, (key, before) -> SubmissionRetry.after(before, waiting.requestId())) != null;
    }

    /** Returns whether exactly one attempt has failed. */
    boolean isFirst(Staging staging) {
        SubmissionRetry retry = retries.get(staging);
        return retry != null && retry.isFirst();
    }

    boolean has(Staging staging) {
        return retries.containsKey(staging);
    }

    void forget(Staging staging) {
        retries.remove(staging);
    }

    /** Returns whether the request has to wait for its next attempt. */
    boolean isPausing(Staging staging, WaitingRequest waiting) {
        return remainingNanos(staging, waiting) > 0;
    }

    private long remainingNanos(Staging staging, WaitingRequest waiting) {
        SubmissionRetry retry = retries.get(staging);
        return retry != null && retry.isOf(waiting.requestId()) ? retry.remainingNanos() : 0;
    }

    /** Submits the request when its next attempt is due, or after a short pause if no attempt has failed. */
    void schedule(Staging staging, WaitingRequest waiting) {
        long remaining = remainingNanos(staging, waiting);
        long nanos = remaining > 0 ? remaining : TimeUnit.SECONDS.toNanos(DEFAULT_PAUSE_SECONDS);
        timers.compute(staging, (key, before) -> {
            if (before != null) {
                before.cancel(false);
            }
            return Timer.get().schedule(() -> submit(staging), nanos, TimeUnit.NANOSECONDS);
        });
    }

    private void submit(Staging staging) {
        timers.remove(staging);
        submission.accept(staging);
    }
}
