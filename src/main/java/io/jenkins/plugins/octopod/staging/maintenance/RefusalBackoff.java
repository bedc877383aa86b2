package io.jenkins.plugins.octopod.staging.maintenance;

import io.jenkins.plugins.octopod.engine.time.Backoff;
import io.jenkins.plugins.octopod.staging.Staging;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Backoff for stagings whose requests {@code StagingService} has recently refused. No request is made during a pause,
 * which grows up to one hour.
 */
final class RefusalBackoff {

    private static final Backoff BACKOFF = Backoff.doubling(Duration.ofMinutes(1), Duration.ofHours(1));

    private final Map<Staging, Pause> pauses = new WeakHashMap<>();

    private record Pause(Duration length, Instant begin) {

        /** Returns whether the pause is over, which it also is if the clock was set back. */
        boolean isOver(Instant now) {
            return now.isBefore(begin) || !now.isBefore(begin.plus(length));
        }
    }

    synchronized boolean isOver(Staging staging, Instant now) {
        Pause pause = pauses.get(staging);
        return pause == null || pause.isOver(now);
    }

    synchronized void add(Staging staging, Instant now) {
        Pause before = pauses.get(staging);
        Duration length = before == null ? BACKOFF.min() : BACKOFF.next(before.length());
        pauses.put(staging, new Pause(length, now));
    }

    synchronized void forget(Staging staging) {
        pauses.remove(staging);
    }
}
