package io.jenkins.plugins.octopod.staging.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.support.UnfinishedRuns;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Limit on the concurrent runs of a project. It is evaluated under the queue’s lock for each item on each pass, and
 * reads no file. It counts the actions that have begun and not ended. It counts again only if an action has begun or
 * ended since, or after a second. So a pass over thousands of items counts only a few times, and a missed event makes a
 * count wrong for a second at most.
 */
@Extension
public final class ConcurrentRunLimit extends QueueTaskDispatcher {

    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<OctopodProject, Count> counts = Collections.synchronizedMap(new WeakHashMap<>());
    private final AtomicLong looks = new AtomicLong();

    /**
     * Number of stagings with an action in progress, and what was known when they were counted: ids of queue items, and
     * changes of runs.
     */
    private record Count(int underWay, Set<Long> pending, long runChanges, long nanoTime) {

        boolean isCurrent(Set<Long> pendingNow) {
            return pending.equals(pendingNow)
                    && runChanges == UnfinishedRuns.get().changes()
                    && System.nanoTime() - nanoTime < MAX_AGE_NANOS;
        }
    }

    @CheckForNull
    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        return item.task instanceof Staging staging && staging.unfinishedRun() == null && isFull(staging.getParent())
                ? CauseOfBlockage.fromMessage(Messages._ConcurrentRunLimit_limitReached(
                        staging.getParent().getFullName(),
                        staging.getParent().getLimits().getRunsAtOnce()))
                : null;
    }

    private boolean isFull(OctopodProject project) {
        int limit = project.getLimits().getRunsAtOnce();
        if (limit <= 0) {
            return false;
        }
        List<Queue.BuildableItem> pending = Queue.getInstance().getPendingItems().stream()
                .filter(item -> item.task instanceof Staging)
                .toList();
        Set<Long> ids = pending.stream().map(Queue.Item::getId).collect(Collectors.toSet());
        Count known = counts.get(project);
        if (known == null || !known.isCurrent(ids)) {
            known = count(project, pending, ids);
            counts.put(project, known);
        }
        return known.underWay() >= limit;
    }

    /**
     * Counts the stagings with an action in progress.
     *
     * @param pending the few queue items of stagings that have an executor, but no run yet
     */
    private Count count(OctopodProject project, List<Queue.BuildableItem> pending, Set<Long> ids) {
        long runChanges = UnfinishedRuns.get().changes();
        long now = System.nanoTime();
        Set<Staging> underWay = new HashSet<>();
        for (Queue.BuildableItem item : pending) {
            looks.incrementAndGet();
            if (item.task instanceof Staging staging && staging.getParent() == project) {
                underWay.add(staging);
            }
        }
        // Stagings with a run, which has no executor while it waits for its agent after a restart.
        for (Run<?, ?> run : UnfinishedRuns.get().current()) {
            looks.incrementAndGet();
            if (run.getParent() instanceof Staging staging
                    && project.childOrNull(staging.getName()) == staging
                    && staging.isBusy()) {
                underWay.add(staging);
            }
        }
        return new Count(underWay.size(), ids, runChanges, now);
    }

    /** Returns how many runs and queue items were looked at since Jenkins started. For tests. */
    long looks() {
        return looks.get();
    }
}
