package io.jenkins.plugins.octopod.kubernetes.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;

/**
 * Memory that may be used for what API servers send, in bytes as they are sent; objects made of them take several times as much. Each
 * connection has its own budget, so that one server can’t use up what is there for all. Thread-safe.
 */
@ModuleInternal
public final class ByteBudget {

    private static final long MIN = 16L << 20;

    /** For answers that are being received. */
    private static final ByteBudget RECEIVED = new ByteBudget(share(16), null);

    /** For objects that are kept. */
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

    /** Returns the budget of one connection for answers that are being received. */
    static ByteBudget forReceived() {
        return new ByteBudget(Math.max(MIN, RECEIVED.limit / 4), RECEIVED);
    }

    /** Returns the budget of one connection for objects that are kept. */
    public static ByteBudget forKept() {
        return new ByteBudget(Math.max(MIN, KEPT.limit / 4), KEPT);
    }

    /** @throws AnswerTooLargeException if so much isn’t left; nothing is reserved then */
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

    /** Gives back what was reserved. */
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
