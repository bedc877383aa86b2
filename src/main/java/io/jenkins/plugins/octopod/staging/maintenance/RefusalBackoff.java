package io.jenkins.plugins.octopod.staging.maintenance;

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

    private static final Duration MAX_PAUSE = Duration.ofHours(1);

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
        Duration length =
                before == null ? Duration.ofMinutes(1) : before.length().multipliedBy(2);
        Duration shorter = length.compareTo(MAX_PAUSE) < 0 ? length : MAX_PAUSE;
        pauses.put(staging, new Pause(shorter, now));
    }

    synchronized void forget(Staging staging) {
        pauses.remove(staging);
    }
}
