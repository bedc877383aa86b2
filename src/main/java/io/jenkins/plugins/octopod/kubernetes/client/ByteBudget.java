package io.jenkins.plugins.octopod.kubernetes.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;

/**
 * Limit on the memory for what API servers send, counted in bytes as sent. Objects made of them take several times as
 * much. Each connection has its own budget within a shared one, so that one server can’t use up the shared budget
 * alone. Thread-safe.
 */
@ModuleInternal
public final class ByteBudget {

    private static final long MIN = 16L << 20;

    /** Shared budget for responses being received. */
    private static final ByteBudget RECEIVED = new ByteBudget(share(16), null);

    /** Shared budget for objects that are kept. */
    private static final ByteBudget KEPT = new ByteBudget(share(8), null);

    private final long limit;

    @CheckForNull
    private final ByteBudget shared;

    private long used;

    ByteBudget(long limit, @CheckForNull ByteBudget shared) {
        this.limit = limit;
        this.shared = shared;
    }

    private static long share(int part) {
        return Math.max(2 * MIN, Runtime.getRuntime().maxMemory() / part);
    }

    /** Returns the budget of one connection for responses being received. */
    static ByteBudget forReceived() {
        return new ByteBudget(Math.max(MIN, RECEIVED.limit / 4), RECEIVED);
    }

    /** Returns the budget of one connection for objects that are kept. */
    public static ByteBudget forKept() {
        return new ByteBudget(Math.max(MIN, KEPT.limit / 4), KEPT);
    }

    /**
     * Reserves bytes.
     *
     * @throws AnswerTooLargeException if the budget is too small; nothing is reserved then
     */
    public void reserve(long bytes) throws AnswerTooLargeException {
        synchronized (this) {
            if (used + bytes > limit) {
                throw new AnswerTooLargeException(limit);
            }
            used += bytes;
        }
        if (shared != null) {
            try {
                shared.reserve(bytes);
            } catch (AnswerTooLargeException e) {
                releaseOwn(bytes);
                throw e;
            }
        }
    }

    /** Releases bytes that were reserved. */
    public void release(long bytes) {
        releaseOwn(bytes);
        if (shared != null) {
            shared.release(bytes);
        }
    }

    private synchronized void releaseOwn(long bytes) {
        used -= bytes;
    }

    synchronized long used() {
        return used;
    }
}
