package io.jenkins.plugins.octopod.staging.notifications;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayDeque;

/** Queue of the status changes of one staging that are not delivered yet, in order. Thread-safe. */
final class StatusChangeQueue {

    /** Limits the memory that undelivered changes use. The oldest changes matter least. */
    static final int MAX_SIZE = 100;

    private final ArrayDeque<StatusChange> changes = new ArrayDeque<>();
    private boolean acquired;
    private int tries;

    /**
     * Adds a change.
     *
     * @return the oldest change if it was dropped because the queue was full; {@code null} otherwise
     */
    @CheckForNull
    synchronized StatusChange add(StatusChange change) {
        changes.addLast(change);
        return changes.size() > MAX_SIZE ? changes.removeFirst() : null;
    }

    /**
     * Acquires the queue for delivery. Until {@link #release}, no other caller can acquire it.
     *
     * @return false if the queue is empty or already acquired
     */
    synchronized boolean acquire() {
        boolean free = !acquired && !changes.isEmpty();
        acquired |= free;
        return free;
    }

    synchronized void release() {
        acquired = false;
    }

    /** Removes and returns the oldest change. If there is none, releases the queue and returns null. */
    @CheckForNull
    synchronized StatusChange next() {
        StatusChange next = changes.pollFirst();
        acquired = next != null;
        return next;
    }

    /**
     * Puts a change back at the head of the queue and releases the queue.
     *
     * @return number of failed attempts in a row
     */
    synchronized int returnForRetry(StatusChange change) {
        changes.addFirst(change);
        acquired = false;
        tries++;
        return tries;
    }

    /** Resets the number of attempts after a change was delivered, or could not be. */
    synchronized void done() {
        tries = 0;
    }

    /** Returns whether a caller is delivering a change, which is not in the queue at that time. */
    synchronized boolean isAcquired() {
        return acquired;
    }

    synchronized boolean isIdle() {
        return !acquired && changes.isEmpty();
    }
}
