package io.jenkins.plugins.octopod.staging.queue;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.queue.QueueListener;
import io.jenkins.plugins.octopod.staging.QueuedRequest;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Ends the action of a staging when its queue item is cancelled. {@link #cancel} stores the cancellation before it
 * returns. If the item is cancelled in another way, for example with the button in Jenkins’ queue, the cancellation is
 * stored a moment later on another thread, because the caller has the queue’s lock. If Jenkins is killed within that
 * moment, it queues the action again.
 */
@Restricted(NoExternalUse.class)
public final class QueueCancellation {

    private static final Logger LOGGER = Logger.getLogger(QueueCancellation.class.getName());

    /** Whether {@link #cancel} is running on this thread. */
    private static final ThreadLocal<Boolean> STORED_BY_CALLER = ThreadLocal.withInitial(() -> false);

    private QueueCancellation() {}

    /**
     * Removes a staging’s item from the queue. When this returns true, the cancellation is stored. If the disk is full,
     * it is stored later, and the staging stays busy until then.
     *
     * @param item the staging’s item in the queue
     * @return false if the item isn’t in the queue any more
     */
    public static boolean cancel(Staging staging, Queue.Item item) {
        PendingAction pending = staging.observedState().pending();
        boolean current = pending != null && QueuedRequest.isPending(staging, item);
        STORED_BY_CALLER.set(true);
        try {
            if (!remove(item)) {
                return false;
            }
        } finally {
            STORED_BY_CALLER.remove();
        }
        if (current) {
            complete(staging, pending.requestId());
        }
        return true;
    }

    /**
     * Removes an item by its id. Jenkins replaces an item that moves on in the queue by a new one with the same id,
     * which the caller may not have yet.
     */
    private static boolean remove(Queue.Item item) {
        AtomicBoolean removed = new AtomicBoolean();
        Queue queue = Queue.getInstance();
        Queue.withLock(() -> {
            Queue.Item now = queue.getItem(item.getId());
            removed.set(now != null && queue.cancel(now));
        });
        return removed.get();
    }

    private static void complete(Staging staging, String requestId) {
        if (!ActionQueue.exists(staging) || !RunLookup.isPending(staging, requestId)) {
            return;
        }
        StagingRun unfinished = staging.unfinishedRun();
        if (unfinished == null) {
            ActionQueue.cancel(staging, Messages.ActionQueue_cancelled());
        } else if (unfinished.script() != null
                && unfinished.scriptOutcome() == null
                && !unfinished.isAbortRequested()) {
            scheduleAbort(unfinished);
        } else {
            unfinished.abandon(
                    Result.ABORTED,
                    unfinished.startedScript() == null
                            ? Messages.ActionQueue_cancelled()
                            : Messages.ActionQueue_cancelledMayStillRun(unfinished.agentDisplayName()));
        }
    }

    /**
     * Queues a run again to kill its script, which still runs on the agent. Cancelling that queue item as well abandons
     * the run.
     */
    private static void scheduleAbort(StagingRun run) {
        try {
            run.requestAbort();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "That " + run + " is to be aborted couldn't be stored");
        }
        Staging staging = run.getParent();
        ResumeOnStartup.requireQueued(staging, ActionQueue.schedule(staging, 0, List.of()));
    }

    /** Handles queue items that were cancelled in other ways. */
    @Extension
    @Restricted(NoExternalUse.class)
    public static final class Listener extends QueueListener {

        @Override
        public void onLeft(Queue.LeftItem item) {
            if (STORED_BY_CALLER.get() || !item.isCancelled() || !(item.task instanceof Staging staging)) {
                return;
            }
            PendingAction pending = staging.observedState().pending();
            if (pending != null && QueuedRequest.isPending(staging, item)) {
                // On another thread, because the caller has the queue’s lock and this writes files.
                Computer.threadPoolForRemoting.submit(() -> complete(staging, pending.requestId()));
            }
        }
    }
}
