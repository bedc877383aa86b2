package io.jenkins.plugins.octopod.staging.journal;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueListener;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;

/**
 * Records that a staging’s state in the queue has changed, and thus the reason why it waits. On each of its passes,
 * Jenkins lets every blocked item leave and enter again, and makes many of them buildable for a moment. This is not
 * recorded as a change. Thread-safe; Jenkins calls it under the queue’s lock.
 */
@Extension
public final class QueueChangeListener extends QueueListener {

    /** After this delay, a pass of the queue that makes an item buildable has decided whether the item stays so. */
    private static final long DELAY_MILLIS = 200;

    /** Recorded reasons, by blocked staging. */
    private final Map<Staging, String> reasons = new WeakHashMap<>();

    /** Stagings that were blocked and are buildable now, which isn’t recorded yet. */
    private final Set<Staging> unblocked = new HashSet<>();

    @Override
    public void onEnterWaiting(Queue.WaitingItem item) {
        record(item, null);
    }

    @Override
    public void onEnterBlocked(Queue.BlockedItem item) {
        CauseOfBlockage cause = item.getCauseOfBlockage();
        record(item, cause == null ? "" : String.valueOf(cause.getShortDescription()));
    }

    @Override
    public void onEnterBuildable(Queue.BuildableItem item) {
        if (!(item.task instanceof Staging staging) || !awaitPass(staging)) {
            record(item, null);
        }
    }

    @Override
    public void onLeft(Queue.LeftItem item) {
        record(item, null);
    }

    /** Returns whether the staging was blocked, so that its change is recorded a moment later. */
    private synchronized boolean awaitPass(Staging staging) {
        boolean blocked = reasons.containsKey(staging);
        if (blocked) {
            if (unblocked.isEmpty()) {
                Timer.get().schedule(this::recordUnblocked, DELAY_MILLIS, TimeUnit.MILLISECONDS);
            }
            unblocked.add(staging);
        }
        return blocked;
    }

    private synchronized void recordUnblocked() {
        unblocked.forEach(staging -> {
            reasons.remove(staging);
            changed(staging);
        });
        unblocked.clear();
    }

    /**
     * Records a change if there is one.
     *
     * @param reason why the item is blocked; null if it is not blocked
     */
    private synchronized void record(Queue.Item item, @CheckForNull String reason) {
        if (!(item.task instanceof Staging staging)) {
            return;
        }
        unblocked.remove(staging);
        String before = reason == null ? reasons.remove(staging) : reasons.put(staging, reason);
        if (reason == null || !Objects.equals(before, reason)) {
            changed(staging);
        }
    }

    private static void changed(Staging staging) {
        ChangeJournal.get().changed(staging.getFullName());
    }
}
