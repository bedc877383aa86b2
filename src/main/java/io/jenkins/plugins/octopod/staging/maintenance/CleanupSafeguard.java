package io.jenkins.plugins.octopod.staging.maintenance;

import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.logging.Logger;

/**
 * Holds back cleanups that are due, because a cleanup can’t be undone and the clock may be wrong. A cleanup must be due at two
 * looks that are at least an hour apart, by a clock that no one can set. Between the two looks, the ordinary clock must have
 * moved by as much, except for a day. A project’s number of cleanups per hour is limited. All of this is kept in memory, so
 * after a start of Jenkins it begins anew. Thread-safe.
 */
final class CleanupSafeguard {

    /** How long a cleanup must have been due. */
    static final Duration CONFIRMATION = Duration.ofHours(1);

    private static final Logger LOGGER = Logger.getLogger(CleanupSafeguard.class.getName());
    private static final Duration MAX_CLOCK_JUMP = Duration.ofDays(1);
    private static final Duration LIMIT_PERIOD = Duration.ofHours(1);

    private final Map<Staging, Look> firstLooks = new WeakHashMap<>();

    /** When cleanups were requested in the last hour, by {@link System#nanoTime}, oldest first. */
    private final Map<OctopodProject, Deque<Long>> requests = new WeakHashMap<>();

    private final Map<OctopodProject, Integer> counted = new HashMap<>();
    private volatile Map<OctopodProject, Integer> heldBack = Map.of();

    private record Look(Instant wall, long nanos) {

        static Look now() {
            return new Look(StagingClock.now(), StagingClock.nanoTime());
        }

        Duration until(Look later) {
            return Duration.ofNanos(later.nanos - nanos);
        }

        boolean isClockSetBefore(Look later) {
            Duration jump = Duration.between(wall, later.wall).minus(until(later));
            return jump.abs().compareTo(MAX_CLOCK_JUMP) > 0;
        }
    }

    /** Begins to count what is held back by the limits. */
    synchronized void beginPass() {
        counted.clear();
    }

    synchronized void endPass() {
        heldBack = Map.copyOf(counted);
    }

    /** Returns how many cleanups are held back by a project’s limit; has only projects where some are. */
    Map<OctopodProject, Integer> heldBack() {
        return heldBack;
    }

    /** The staging’s cleanup isn’t due. */
    synchronized void notDue(Staging staging) {
        firstLooks.remove(staging);
    }

    /** Returns whether the staging’s cleanup, which is due now, may be requested. */
    synchronized boolean allows(Staging staging) {
        // A cleanup that has failed was begun already.
        boolean confirmed = staging.getStatus() == Status.CleanupFailed || isConfirmed(staging);
        return confirmed && isWithinLimit(staging.getParent());
    }

    private boolean isConfirmed(Staging staging) {
        Look now = Look.now();
        Look first = firstLooks.computeIfAbsent(staging, key -> now);
        if (first.isClockSetBefore(now)) {
            LOGGER.warning(() -> "The clock was set by more than a day since the cleanup of " + staging.getFullName()
                    + " became due, so it is confirmed anew");
            firstLooks.put(staging, now);
            return false;
        }
        return first.until(now).compareTo(CONFIRMATION) >= 0;
    }

    private boolean isWithinLimit(OctopodProject project) {
        int limit = project.getLifetime().getCleanupsPerHour();
        boolean within = limit == 0 || recent(project).size() < limit;
        if (!within) {
            counted.merge(project, 1, Integer::sum);
        }
        return within;
    }

    /** The staging’s cleanup was requested. */
    synchronized void requested(Staging staging) {
        firstLooks.remove(staging);
        recent(staging.getParent()).add(StagingClock.nanoTime());
    }

    private Deque<Long> recent(OctopodProject project) {
        Deque<Long> recent = requests.computeIfAbsent(project, key -> new ArrayDeque<>());
        long now = StagingClock.nanoTime();
        while (!recent.isEmpty() && now - recent.peek() >= LIMIT_PERIOD.toNanos()) {
            recent.remove();
        }
        return recent;
    }
}
