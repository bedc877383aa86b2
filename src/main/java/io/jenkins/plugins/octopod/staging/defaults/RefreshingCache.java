package io.jenkins.plugins.octopod.staging.defaults;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Cache of script results by {@link DefaultsQuery}. Each query is run at most once at a time, on a background thread.
 * An outdated result is still returned while the query is run again.
 *
 * <p>Thread-safe. No method except {@link #await} blocks.
 *
 * @param <V> type of the result
 */
final class RefreshingCache<V> {

    /** From then on, whoever wants to know has the script asked again, and gets what it said last for the time being. */
    static final Duration REFRESH = Duration.ofMinutes(10);

    /** Nothing that is older is told. */
    static final Duration DROP = Duration.ofHours(24);

    /** For so long, nobody asks again what has failed: a page that asks twice a second would do nothing else. */
    static final Duration RETRY = Duration.ofSeconds(10);

    /** In characters, of all queries and results: some thousand configurations of an ordinary size. */
    private static final long MAX_CHARACTERS = 16 << 20;

    private static final int OVERHEAD = 200;

    /** Runs the script and blocks. A failure is returned as a value, too. */
    @FunctionalInterface
    interface Loader<V> {
        CachedValue<V> load(DefaultsQuery defaultsQuery);
    }

    private record Entry<V>(CachedValue<V> value, long loadedAt) {}

    private final Ticker ticker;
    private final Consumer<DefaultsQuery> onChanged;
    private final AsyncLoadingCache<DefaultsQuery, Entry<V>> entries;

    /** The entries that {@link #reload} is replacing. */
    private final Cache<DefaultsQuery, Entry<V>> reloaded =
            Caffeine.newBuilder().expireAfterWrite(RETRY).build();

    /** @param onChanged receives queries whose result has changed, just before the new result is available */
    RefreshingCache(
            Loader<V> loader,
            ToIntFunction<V> weigher,
            Executor threads,
            Ticker ticker,
            Consumer<DefaultsQuery> onChanged) {
        this.ticker = ticker;
        this.onChanged = onChanged;
        this.entries = Caffeine.newBuilder()
                .executor(threads)
                .ticker(ticker)
                .refreshAfterWrite(REFRESH)
                .expireAfter(new EntryExpiry<V>())
                .maximumWeight(MAX_CHARACTERS)
                .<DefaultsQuery, Entry<V>>weigher((defaultsQuery, entry) -> OVERHEAD
                        + defaultsQuery.weight()
                        + entry.value().known().map(weigher::applyAsInt).orElse(0))
                .buildAsync(new EntryLoader(loader));
    }

    /** What is known by now; has the script asked where that is nothing, or old. */
    CachedValue<V> ask(DefaultsQuery defaultsQuery) {
        CompletableFuture<Entry<V>> future = entries.get(defaultsQuery);
        if (!future.isDone() || future.isCompletedExceptionally()) {
            return new CachedValue.Loading<>();
        }
        Policy<DefaultsQuery, Entry<V>> policy = entries.synchronous().policy();
        boolean refreshing = policy.refreshes().containsKey(defaultsQuery) || isDue(policy, defaultsQuery);
        // Read after that: a refresh that has ended meanwhile has replaced the entry.
        Entry<V> latest = policy.getIfPresentQuietly(defaultsQuery);
        refreshing |= latest != null && reloaded.getIfPresent(defaultsQuery) == latest;
        CachedValue<V> cachedValue = latest == null ? future.join().value() : latest.value();
        return cachedValue instanceof CachedValue.Ready<V> ready
                ? new CachedValue.Ready<>(ready.value(), refreshing, refreshing ? null : ready.problem())
                : cachedValue;
    }

    /** Returns whether a newer result is about to replace this one: Caffeine ends a refresh a moment before its result can be read. */
    private boolean isDue(Policy<DefaultsQuery, Entry<V>> policy, DefaultsQuery defaultsQuery) {
        return policy.refreshAfterWrite()
                .flatMap(refresh -> refresh.ageOf(defaultsQuery))
                .filter(age -> age.compareTo(REFRESH) > 0)
                .isPresent();
    }

    /** As {@link #ask}, for somebody who waits until something is known, for that long at most. */
    CachedValue<V> await(DefaultsQuery defaultsQuery, Duration limit) throws InterruptedException {
        try {
            entries.get(defaultsQuery).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            // ask() returns what is known instead.
        }
        return ask(defaultsQuery);
    }

    /** What is known by now; nobody is asked for it. */
    Optional<V> known(DefaultsQuery defaultsQuery) {
        return Optional.ofNullable(entries.synchronous().policy().getIfPresentQuietly(defaultsQuery))
                .flatMap(entry -> entry.value().known());
    }

    /** Runs the query again, however recent its result is. A known result stays available until then. */
    void reload(DefaultsQuery defaultsQuery) {
        Entry<V> entry = entries.synchronous().policy().getIfPresentQuietly(defaultsQuery);
        if (entry != null && entry.value().known().isEmpty()) {
            entries.synchronous().invalidate(defaultsQuery);
        }
        if (entry == null || entry.value().known().isEmpty()) {
            entries.get(defaultsQuery);
        } else {
            reloaded.put(defaultsQuery, entry);
            entries.synchronous().refresh(defaultsQuery);
        }
    }

    /** Remembers what somebody else has been told by the script. */
    void put(DefaultsQuery defaultsQuery, V value) {
        notifyIfChanged(defaultsQuery, known(defaultsQuery), Optional.of(value));
        entries.put(
                defaultsQuery, CompletableFuture.completedFuture(entry(new CachedValue.Ready<>(value, false, null))));
    }

    /** Removes results, and discards those that are being loaded. */
    void invalidate(Predicate<DefaultsQuery> which) {
        entries.asMap().keySet().removeIf(which);
    }

    /** In characters, more or less. */
    static int weight(Collection<String> texts) {
        return texts.stream().mapToInt(String::length).sum();
    }

    private void notifyIfChanged(DefaultsQuery defaultsQuery, Optional<V> before, Optional<V> now) {
        if (now.isPresent() && !now.equals(before)) {
            onChanged.accept(defaultsQuery);
        }
    }

    private Entry<V> entry(CachedValue<V> cachedValue) {
        return new Entry<>(cachedValue, ticker.read());
    }

    private final class EntryLoader implements CacheLoader<DefaultsQuery, Entry<V>> {

        private final Loader<V> loader;

        EntryLoader(Loader<V> loader) {
            this.loader = loader;
        }

        @Override
        public Entry<V> load(DefaultsQuery defaultsQuery) {
            CachedValue<V> cachedValue = loader.load(defaultsQuery);
            notifyIfChanged(defaultsQuery, Optional.empty(), cachedValue.known());
            return entry(cachedValue);
        }

        /** A failure doesn’t take away what is known, it is told beside it. */
        @Override
        public Entry<V> reload(DefaultsQuery defaultsQuery, Entry<V> old) {
            CachedValue<V> cachedValue = loader.load(defaultsQuery);
            notifyIfChanged(defaultsQuery, old.value().known(), cachedValue.known());
            String problem = cachedValue instanceof CachedValue.Failed<V> failed
                    ? failed.sentence()
                    : cachedValue instanceof CachedValue.Unavailable<V> unavailable ? unavailable.sentence() : null;
            return problem != null && old.value() instanceof CachedValue.Ready<V> ready
                    ? new Entry<>(new CachedValue.Ready<>(ready.value(), false, problem), old.loadedAt())
                    : entry(cachedValue);
        }
    }

    private static final class EntryExpiry<V> implements Expiry<DefaultsQuery, Entry<V>> {

        @Override
        public long expireAfterCreate(DefaultsQuery defaultsQuery, Entry<V> entry, long now) {
            return entry.value().known().isPresent()
                    ? Math.max(0, DROP.toNanos() - (now - entry.loadedAt()))
                    : RETRY.toNanos();
        }

        @Override
        public long expireAfterUpdate(DefaultsQuery defaultsQuery, Entry<V> entry, long now, long current) {
            return expireAfterCreate(defaultsQuery, entry, now);
        }

        @Override
        public long expireAfterRead(DefaultsQuery defaultsQuery, Entry<V> entry, long now, long current) {
            return current;
        }
    }
}
