package io.jenkins.plugins.octopod.staging.maintenance;

import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Delays cleanups that are due, because a cleanup can’t be undone. A cleanup must be due at two looks that are at least
 * an hour apart, by a clock that can’t be set. A project’s number of cleanups per hour is limited. All of this is in
 * memory only, so it starts over when Jenkins is started. Thread-safe.
 */
final class CleanupSafeguard {

    /** How long a cleanup must have been due. */
    static final Duration CONFIRMATION = Duration.ofHours(1);

    private static final Duration LIMIT_PERIOD = Duration.ofHours(1);

    /** When each staging’s cleanup was first seen to be due, by {@link System#nanoTime}. */
    private final Map<Staging, Long> firstLooks = new WeakHashMap<>();

    /** When a requested cleanup was last seen to be pending, by name of its staging, in {@link System#nanoTime}. */
    private final Map<OctopodProject, Map<String, Long>> requests = new WeakHashMap<>();

    private final Map<OctopodProject, Integer> counted = new HashMap<>();
    private volatile Map<OctopodProject, Integer> heldBack = Map.of();

    /** Begins to count the cleanups that the limits delay. */
    synchronized void beginPass() {
        counted.clear();
    }

    synchronized void endPass() {
        heldBack = Map.copyOf(counted);
    }

    /** Returns how many cleanups each project’s limit delays, without projects that have none. */
    Map<OctopodProject, Integer> heldBack() {
        return heldBack;
    }

    /** Records that the staging’s cleanup isn’t due. */
    synchronized void notDue(Staging staging) {
        firstLooks.remove(staging);
    }

    /** Returns whether the staging’s cleanup, which is due now, may be requested. */
    synchronized boolean allows(Staging staging) {
        // A cleanup that has failed had already begun.
        boolean confirmed = staging.getStatus() == Status.CleanupFailed || isConfirmed(staging);
        return confirmed && isWithinLimit(staging.getParent());
    }

    private boolean isConfirmed(Staging staging) {
        long now = StagingClock.nanoTime();
        long first = firstLooks.computeIfAbsent(staging, key -> now);
        return now - first >= CONFIRMATION.toNanos();
    }

    private boolean isWithinLimit(OctopodProject project) {
        int limit = project.getLifetime().getCleanupsPerHour();
        boolean within = limit == 0 || recent(project).size() < limit;
        if (!within) {
            counted.merge(project, 1, Integer::sum);
        }
        return within;
    }

    /** Records that the staging’s cleanup was requested. */
    synchronized void requested(Staging staging) {
        firstLooks.remove(staging);
        takeUpLimit(staging);
    }

    /**
     * Examines a staging in each pass. A requested cleanup counts toward the limit until an hour after it has ended,
     * however long it takes.
     */
    synchronized void look(Staging staging) {
        PendingAction pending = staging.observedState().pending();
        if (pending != null && pending.causes().stream().anyMatch(RetentionCause.class::isInstance)) {
            takeUpLimit(staging);
        }
    }

    private void takeUpLimit(Staging staging) {
        recent(staging.getParent()).put(staging.getName(), StagingClock.nanoTime());
    }

    private Map<String, Long> recent(OctopodProject project) {
        Map<String, Long> recent = requests.computeIfAbsent(project, key -> new HashMap<>());
        long now = StagingClock.nanoTime();
        recent.values().removeIf(pendingAt -> now - pendingAt >= LIMIT_PERIOD.toNanos());
        return recent;
    }
}
