package io.jenkins.plugins.octopod.staging.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueListener;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.support.UnfinishedRuns;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limit on the concurrent runs of a project. It is evaluated under the queue’s lock for each item on each pass, and reads no
 * file. It counts what has begun and not ended, and counts again only if something has begun or ended since, or after a
 * second. So a pass over thousands of items counts a few times, and a missed event makes no count wrong for longer than that.
 */
@Extension
public final class ConcurrentRunLimit extends QueueTaskDispatcher {

    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How often an item was given an executor, or has left the queue. */
    private static final AtomicLong QUEUE_CHANGES = new AtomicLong();

    private final Map<OctopodProject, Count> counts = Collections.synchronizedMap(new WeakHashMap<>());
    private final AtomicLong looks = new AtomicLong();

    /** Number of stagings under way, and what was known when they were counted. */
    private record Count(int underWay, long queueChanges, long runChanges, long nanoTime) {

        boolean isCurrent() {
            return queueChanges == QUEUE_CHANGES.get()
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
        Count known = counts.get(project);
        if (known == null || !known.isCurrent()) {
            known = count(project);
            counts.put(project, known);
        }
        return known.underWay() >= limit;
    }

    private Count count(OctopodProject project) {
        long queueChanges = QUEUE_CHANGES.get();
        long runChanges = UnfinishedRuns.get().changes();
        long now = System.nanoTime();
        Set<Staging> underWay = new HashSet<>();
        // With an executor, and no run yet.
        for (Queue.BuildableItem item : Queue.getInstance().getPendingItems()) {
            looks.incrementAndGet();
            if (item.task instanceof Staging staging && staging.getParent() == project) {
                underWay.add(staging);
            }
        }
        // With a run, which has no executor while it waits for its agent after a restart.
        for (Run<?, ?> run : UnfinishedRuns.get().current()) {
            looks.incrementAndGet();
            if (run.getParent() instanceof Staging staging
                    && project.childOrNull(staging.getName()) == staging
                    && staging.isBusy()) {
                underWay.add(staging);
            }
        }
        return new Count(underWay.size(), queueChanges, runChanges, now);
    }

    /** How many runs and queue items were looked at since Jenkins started. For tests. */
    long looks() {
        return looks.get();
    }

    /** Whether another number of runs may be under way. */
    @Extension
    public static final class QueueChanges extends QueueListener {
        @Override
        public void onLeaveBuildable(Queue.BuildableItem item) {
            changed(item);
        }

        @Override
        public void onLeft(Queue.LeftItem item) {
            changed(item);
        }

        private static void changed(Queue.Item item) {
            if (item.task instanceof Staging) {
                QUEUE_CHANGES.incrementAndGet();
            }
        }
    }
}
