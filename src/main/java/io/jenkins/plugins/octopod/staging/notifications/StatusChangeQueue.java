package io.jenkins.plugins.octopod.staging.notifications;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayDeque;

/** Queue of the status changes of one staging that are not delivered yet, in order. Thread-safe. */
final class StatusChangeQueue {

    /** What waits for an agent mustn't fill the memory; what is older is worth less. */
    static final int MAX_SIZE = 100;

    private final ArrayDeque<StatusChange> changes = new ArrayDeque<>();
    private boolean acquired;
    private int tries;

    /** @return the oldest change if it was dropped because the queue was full; {@code null} otherwise */
    @CheckForNull
    synchronized StatusChange add(StatusChange change) {
        changes.addLast(change);
        return changes.size() > MAX_SIZE ? changes.removeFirst() : null;
    }

    /** Whether the one who asks is to tell from now on; then nobody else is, until it says {@link #release}. */
    synchronized boolean acquire() {
        boolean free = !acquired && !changes.isEmpty();
        acquired |= free;
        return free;
    }

    synchronized void release() {
        acquired = false;
    }

    /** The next one to tell of, which is waiting no more; null and released where there is none. */
    @CheckForNull
    synchronized StatusChange next() {
        StatusChange next = changes.pollFirst();
        acquired = next != null;
        return next;
    }

    /**
     * Lets it wait again, before all others.
     *
     * @return how often in a row that has happened
     */
    synchronized int returnForRetry(StatusChange change) {
        changes.addFirst(change);
        acquired = false;
        tries++;
        return tries;
    }

    /** One was told, or can't be. */
    synchronized void done() {
        tries = 0;
    }

    /** Whether somebody is telling of a change, which is not in the queue meanwhile. */
    synchronized boolean isAcquired() {
        return acquired;
    }

    synchronized boolean isIdle() {
        return !acquired && changes.isEmpty();
    }
}
