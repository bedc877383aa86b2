package io.jenkins.plugins.octopod.staging.defaults;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Cache of script results by {@link DefaultsQuery}. Each query is run at most once at a time, on a background thread.
 * An outdated result is still returned while the query is run again.
 *
 * <p>Caffeine limits what is kept. It does not run the queries, because its refreshes can end silently without a
 * result, for instance when two refreshes of the same key end at the same moment.
 *
 * <p>Thread-safe. No method except {@link #await} blocks.
 *
 * @param <V> type of the result
 */
final class RefreshingCache<V> {

    private static final Logger LOGGER = Logger.getLogger(RefreshingCache.class.getName());

    /** Age from which a request for a result runs the query again. The old result is returned until then. */
    static final Duration REFRESH = Duration.ofMinutes(10);

    /** Age from which a result is no longer returned. */
    static final Duration DROP = Duration.ofHours(24);

    /**
     * How long a failure is returned before the query is run again, because pages ask twice a second. A failure next to
     * a known result is returned for {@link #REFRESH}.
     */
    static final Duration RETRY = Duration.ofSeconds(10);

    /** Maximum size of all queries and results, in characters; enough for some thousand ordinary configurations. */
    private static final long MAX_CHARACTERS = 16 << 20;

    private static final int OVERHEAD = 200;

    /** Runs the script and blocks. A failure is returned as a value, too. */
    @FunctionalInterface
    interface Loader<V> {
        CachedValue<V> load(DefaultsQuery defaultsQuery);
    }

    /**
     * A cached value.
     *
     * @param loadedAt when the script returned the value, in nanoseconds of the ticker
     * @param triedAt when the query was last run, or its value was stored by another run, in nanoseconds of the ticker
     */
    private record Entry<V>(CachedValue<V> value, long loadedAt, long triedAt) {

        boolean isOutdated(long now) {
            return now - triedAt > REFRESH.toNanos();
        }

        Entry<V> outdated(long now) {
            return new Entry<>(value, loadedAt, now - REFRESH.toNanos() - 1);
        }
    }

    /** A query that waits for a thread, or runs. Its fields are guarded by the cache. */
    private static final class Load {

        private final CountDownLatch end = new CountDownLatch(1);
        private boolean begun;

        /** Executor that runs the query once more after this; null if no reload waits. */
        private @CheckForNull Executor next;
    }

    private final Loader<V> loader;
    private final Function<DefaultsQuery, Executor> threads;
    private final Ticker ticker;
    private final Consumer<DefaultsQuery> onChanged;
    private final Cache<DefaultsQuery, Entry<V>> entries;

    /** Guarded by this cache. */
    private final Map<DefaultsQuery, Load> loads = new HashMap<>();

    /**
     * Creates an empty cache.
     *
     * @param threads executors that run the loader for a query, never in the calling thread; may throw
     *     {@link RejectedExecutionException} if too many queries of the current user wait, so that unanswered queries
     *     are limited as well
     * @param onChanged receives queries whose result has changed, just before the new result is available
     */
    RefreshingCache(
            Loader<V> loader,
            ToIntFunction<V> weigher,
            Function<DefaultsQuery, Executor> threads,
            Ticker ticker,
            Consumer<DefaultsQuery> onChanged) {
        this.loader = loader;
        this.threads = threads;
        this.ticker = ticker;
        this.onChanged = onChanged;
        this.entries = Caffeine.newBuilder()
                .executor(Runnable::run)
                .ticker(ticker)
                .expireAfter(Expiry.<DefaultsQuery, Entry<V>>writing(
                        (defaultsQuery, entry) -> Duration.ofNanos(lifetime(entry))))
                .maximumWeight(MAX_CHARACTERS)
                .<DefaultsQuery, Entry<V>>weigher((defaultsQuery, entry) -> OVERHEAD
                        + defaultsQuery.weight()
                        + entry.value().known().map(weigher::applyAsInt).orElse(0))
                .build();
    }

    /** Returns how long the entry is kept from now on, in nanoseconds. */
    private long lifetime(Entry<V> entry) {
        return entry.value().known().isPresent()
                ? Math.max(0, DROP.toNanos() - (ticker.read() - entry.loadedAt()))
                : RETRY.toNanos();
    }

    /** Returns the current result. Starts the query if there is none, or if it is outdated. */
    synchronized CachedValue<V> ask(DefaultsQuery defaultsQuery) {
        Entry<V> entry = entries.getIfPresent(defaultsQuery);
        if ((entry == null || entry.isOutdated(ticker.read())) && !loads.containsKey(defaultsQuery)) {
            tryToStart(defaultsQuery, threads.apply(defaultsQuery));
        }
        boolean refreshing = loads.containsKey(defaultsQuery);
        if (entry == null) {
            return refreshing
                    ? new CachedValue.Loading<>()
                    : new CachedValue.Unavailable<>(Messages.RefreshingCache_tooMany());
        }
        return entry.value() instanceof CachedValue.Ready<V> ready
                ? new CachedValue.Ready<>(ready.value(), refreshing, refreshing ? null : ready.problem())
                : entry.value();
    }

    /** Like {@link #ask}, but waits for a result until the limit. */
    CachedValue<V> await(DefaultsQuery defaultsQuery, Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        CachedValue<V> cachedValue;
        Load load;
        do {
            synchronized (this) {
                cachedValue = ask(defaultsQuery);
                load = loads.get(defaultsQuery);
            }
            // A load that was discarded is followed by another one.
        } while (cachedValue instanceof CachedValue.Loading
                && load.end.await(start + limit.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS));
        return cachedValue;
    }

    /** Returns the known result. Runs nothing. */
    Optional<V> known(DefaultsQuery defaultsQuery) {
        return Optional.ofNullable(entries.policy().getIfPresentQuietly(defaultsQuery))
                .flatMap(entry -> entry.value().known());
    }

    /**
     * Runs the query again, however recent its result is, and even if it is running, because its script may have read
     * settings that have changed since. A known result stays available until then.
     */
    synchronized void reload(DefaultsQuery defaultsQuery) {
        if (known(defaultsQuery).isEmpty()) {
            entries.invalidate(defaultsQuery);
        }
        runAgain(defaultsQuery);
    }

    /** Runs the query again after its current run has ended. */
    private synchronized void runAgain(DefaultsQuery defaultsQuery) {
        Executor executor = threads.apply(defaultsQuery);
        Load load = loads.get(defaultsQuery);
        if (load == null) {
            tryToStart(defaultsQuery, executor);
        } else if (load.begun) {
            load.next = executor;
        }
    }

    /**
     * Stores a value that the script returned to another caller. If the query is running, it is run once more, because
     * it is unknown which of two concurrent scripts has read the newer settings.
     */
    void put(DefaultsQuery defaultsQuery, V value) {
        CachedValue<V> cachedValue = new CachedValue.Ready<>(value, false, null);
        notifyIfChanged(defaultsQuery, cachedValue);
        synchronized (this) {
            entries.put(defaultsQuery, entry(cachedValue));
            if (loads.containsKey(defaultsQuery)) {
                runAgain(defaultsQuery);
            }
        }
    }

    /** Removes results, and discards those that are being loaded. */
    synchronized void invalidate(Predicate<DefaultsQuery> which) {
        entries.asMap().keySet().removeIf(which);
        loads.keySet().removeIf(which);
    }

    /** Returns the approximate size in characters. */
    static int weight(Collection<String> texts) {
        return texts.stream().mapToInt(String::length).sum();
    }

    private void notifyIfChanged(DefaultsQuery defaultsQuery, CachedValue<V> cachedValue) {
        Optional<V> now = cachedValue.known();
        if (now.isPresent() && !now.equals(known(defaultsQuery))) {
            onChanged.accept(defaultsQuery);
        }
    }

    private Entry<V> entry(CachedValue<V> cachedValue) {
        long now = ticker.read();
        return new Entry<>(cachedValue, now, now);
    }

    /**
     * Starts the query. If too many queries wait, nothing is started: the known result is kept, and the next request
     * tries again.
     */
    private synchronized void tryToStart(DefaultsQuery defaultsQuery, Executor executor) {
        Load load = new Load();
        try {
            executor.execute(() -> run(defaultsQuery, load));
            loads.put(defaultsQuery, load);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, e, () -> "Too many queries wait to run " + defaultsQuery.script());
            entries.asMap().computeIfPresent(defaultsQuery, (same, entry) -> entry.outdated(ticker.read()));
        }
    }

    private void run(DefaultsQuery defaultsQuery, Load load) {
        if (!begin(defaultsQuery, load)) {
            return;
        }
        CachedValue<V> cachedValue = null;
        try {
            cachedValue = loader.load(defaultsQuery);
            if (isWanted(defaultsQuery, load)) {
                notifyIfChanged(defaultsQuery, cachedValue);
            }
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> defaultsQuery.script() + " of " + defaultsQuery.project() + " could not be run");
        } finally {
            end(defaultsQuery, load, cachedValue);
        }
    }

    /** Returns false if the query was invalidated while it waited for a thread. */
    private synchronized boolean begin(DefaultsQuery defaultsQuery, Load load) {
        load.begun = isWanted(defaultsQuery, load);
        if (!load.begun) {
            load.end.countDown();
        }
        return load.begun;
    }

    /** Returns false if the query was invalidated in the meantime. */
    private synchronized boolean isWanted(DefaultsQuery defaultsQuery, Load load) {
        return loads.get(defaultsQuery) == load;
    }

    private synchronized void end(DefaultsQuery defaultsQuery, Load load, @CheckForNull CachedValue<V> cachedValue) {
        load.end.countDown();
        if (!isWanted(defaultsQuery, load)) {
            return;
        }
        loads.remove(defaultsQuery);
        if (cachedValue != null) {
            entries.asMap().merge(defaultsQuery, entry(cachedValue), RefreshingCache::newer);
        }
        if (load.next != null) {
            tryToStart(defaultsQuery, load.next);
        }
    }

    /** Returns the merged entry. A failure does not remove a known result, but is returned together with it. */
    private static <V> Entry<V> newer(Entry<V> old, Entry<V> now) {
        RestrictedMessage failure = now.value().failure();
        return failure != null && old.value() instanceof CachedValue.Ready<V> ready
                ? new Entry<>(
                        new CachedValue.Ready<>(ready.value(), false, failure.summary()), old.loadedAt(), now.triedAt())
                : now;
    }
}
