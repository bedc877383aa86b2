package io.jenkins.plugins.octopod.scripts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Registry of the agent connections on which {@code init} has run, by directory of control scripts and source of their
 * secrets. The values of the secrets aren’t part of the key, because some credentials return a new value at each read.
 * Thread-safe.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class InitScriptRegistry {

    /** Minimum time between two runs of {@code init} on a connection because a secret has changed. */
    public static final Duration MIN_INTERVAL = Duration.ofMinutes(5);

    /** Limit of entries per connection. After an entry was evicted, {@code init} runs again. */
    private static final int MAX_ENTRIES = 1000;

    /** Entries by channel, which represents a connection. Weak keys remove the entries of closed channels. */
    private final Map<VirtualChannel, Cache<String, Initialization>> initializations =
            Collections.synchronizedMap(new WeakHashMap<>());

    private final LongSupplier nanoTime;

    public InitScriptRegistry() {
        this(System::nanoTime);
    }

    InitScriptRegistry(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Function that runs {@code init}; see {@link #initialize}. */
    @FunctionalInterface
    interface Init {
        void run() throws IOException, InterruptedException, ScriptFailureException;
    }

    static InitScriptRegistry get() {
        return ExtensionList.lookupSingleton(InitScriptRegistry.class);
    }

    /**
     * Runs {@code init} unless it has succeeded before. Other callers for the same connection and key wait until it
     * ends. Runs it again if the digest has changed and {@link #MIN_INTERVAL} has passed.
     *
     * @param key directory of the control scripts, and source of their secrets
     * @param digest digest of the values of the secrets
     * @throws InterruptedException also while waiting, which can take minutes, so that an abort takes effect
     *     immediately
     */
    void initialize(VirtualChannel channel, String key, String digest, Init init)
            throws IOException, InterruptedException, ScriptFailureException {
        initializations
                .computeIfAbsent(channel, unknown -> Caffeine.newBuilder()
                        .maximumSize(MAX_ENTRIES)
                        .build())
                .get(key, unknown -> new Initialization())
                .runIfNeeded(digest, nanoTime, init);
    }

    /** Returns the number of entries of a connection. For tests. */
    long size(VirtualChannel channel) {
        Cache<String, Initialization> known = initializations.get(channel);
        return known == null ? 0 : known.asMap().size();
    }

    private static final class Initialization {

        private final ReentrantLock lock = new ReentrantLock();
        private boolean done;
        private String digest;
        private long begunAt;

        void runIfNeeded(String digestNow, LongSupplier nanoTime, Init init)
                throws IOException, InterruptedException, ScriptFailureException {
            lock.lockInterruptibly();
            try {
                long now = nanoTime.getAsLong();
                boolean changed = done && !digest.equals(digestNow) && now - begunAt >= MIN_INTERVAL.toNanos();
                if (!done || changed) {
                    done = false;
                    init.run();
                    done = true;
                    digest = digestNow;
                    begunAt = now;
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
