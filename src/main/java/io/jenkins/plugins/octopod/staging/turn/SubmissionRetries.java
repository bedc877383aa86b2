package io.jenkins.plugins.octopod.staging.turn;

import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.waiting.WaitingRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jenkins.util.Timer;

/** When the requests that wait for stagings are submitted again. Thread-safe. */
final class SubmissionRetries {

    private static final long DEFAULT_PAUSE_SECONDS = 2;

    private final Consumer<Staging> submission;

    private final Map<Staging, SubmissionRetry> retries = new ConcurrentHashMap<>();

    /** One timer for each staging, however often its changes are told meanwhile. */
    private final Map<Staging, ScheduledFuture<?>> timers = new ConcurrentHashMap<>();

    /** @param submission submits what waits for a staging; called on a thread of the timer, which it must not block */
    SubmissionRetries(Consumer<Staging> submission) {
        this.submission = submission;
    }

    /** Takes note of an attempt that has failed; returns false if the request is to be refused instead of submitted again. */
    boolean add(Staging staging, WaitingRequest waiting) {
        return retries.compute(staging, (key, before) -> SubmissionRetry.after(before, waiting.requestId())) != null;
    }

    /** Whether one attempt has failed by now, and no more. */
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

    /** Whether the request has to wait for its next attempt. */
    boolean isPausing(Staging staging, WaitingRequest waiting) {
        return remainingNanos(staging, waiting) > 0;
    }

    private long remainingNanos(Staging staging, WaitingRequest waiting) {
        SubmissionRetry retry = retries.get(staging);
        return retry != null && retry.isOf(waiting.requestId()) ? retry.remainingNanos() : 0;
    }

    /** Has the request submitted when its next attempt is due, or after a short pause if none has failed. */
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
