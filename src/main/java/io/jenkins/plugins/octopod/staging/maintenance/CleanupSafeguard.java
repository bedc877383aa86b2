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
 * Holds back cleanups that are due, because a cleanup can’t be undone. A cleanup must be due at two looks that are at least an
 * hour apart, by a clock that no one can set. A project’s number of cleanups per hour is limited. All of this is kept in
 * memory, so after a start of Jenkins it begins anew. Thread-safe.
 */
final class CleanupSafeguard {

    /** How long a cleanup must have been due. */
    static final Duration CONFIRMATION = Duration.ofHours(1);

    private static final Duration LIMIT_PERIOD = Duration.ofHours(1);

    /** When each was seen to be due, by {@link System#nanoTime}. */
    private final Map<Staging, Long> firstLooks = new WeakHashMap<>();

    /** When a requested cleanup was last seen to be pending, by {@link System#nanoTime} and by the name of its staging. */
    private final Map<OctopodProject, Map<String, Long>> requests = new WeakHashMap<>();

    private final Map<OctopodProject, Integer> counted = new HashMap<>();
    private volatile Map<OctopodProject, Integer> heldBack = Map.of();

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

    /** The staging’s cleanup was requested. */
    synchronized void requested(Staging staging) {
        firstLooks.remove(staging);
        takeUpLimit(staging);
    }

    /** Looks at a staging in each pass: a requested cleanup takes up the limit until an hour after it has ended, whenever that is. */
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
