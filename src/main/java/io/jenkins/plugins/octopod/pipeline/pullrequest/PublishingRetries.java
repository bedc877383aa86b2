package io.jenkins.plugins.octopod.pipeline.pullrequest;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.time.Backoff;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Failed attempts to publish the checks of one staging, counted for each check: the platform of one check can be away
 * while the others are published. Thread-safe.
 */
final class PublishingRetries {

    /** Limit of attempts in a row, which take about eight minutes. */
    static final int MAX_FAILURES = 10;

    private static final Backoff BACKOFF = Backoff.doubling(Duration.ofSeconds(1), Duration.ofMinutes(5));

    private final LongSupplier nanoTime;
    private final Map<String, Failure> failures = new HashMap<>();

    private record Failure(int count, long at, Duration pause) {}

    PublishingRetries() {
        this(System::nanoTime);
    }

    /** @param nanoTime like {@link System#nanoTime} */
    PublishingRetries(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns whether the check can be published now. A change doesn’t end the pause after a failure. */
    synchronized boolean isDue(PublishedCheck check) {
        Failure last = failures.get(check.requestId());
        return last == null || nanoTime.getAsLong() - last.at() >= last.pause().toNanos();
    }

    /**
     * Counts a failed attempt.
     *
     * @return the pause before the next attempt; null if there is none, and the check is given up
     */
    @CheckForNull
    synchronized Duration failed(PublishedCheck check) {
        Failure last = failures.get(check.requestId());
        int count = last == null ? 1 : last.count() + 1;
        if (count >= MAX_FAILURES) {
            failures.remove(check.requestId());
            return null;
        }
        Duration pause = BACKOFF.pause(count);
        failures.put(check.requestId(), new Failure(count, nanoTime.getAsLong(), pause));
        return pause;
    }

    synchronized void succeeded(PublishedCheck check) {
        failures.remove(check.requestId());
    }

    /** Forgets the failures of all other checks. */
    synchronized void retain(List<PublishedCheck> checks) {
        failures.keySet()
                .retainAll(checks.stream().map(PublishedCheck::requestId).toList());
    }
}
