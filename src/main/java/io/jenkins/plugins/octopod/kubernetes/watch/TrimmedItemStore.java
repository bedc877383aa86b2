package io.jenkins.plugins.octopod.kubernetes.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.octopod.kubernetes.client.AnswerTooLargeException;
import io.jenkins.plugins.octopod.kubernetes.client.ByteBudget;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Item store of an informer, which trims each object before it keeps it, and keeps no more than the budget allows. See
 * {@link ObjectTrimmer}. Thread-safe.
 */
final class TrimmedItemStore<T extends HasMetadata> implements ItemStore<T> {

    private final Map<String, Kept<T>> items = new ConcurrentHashMap<>();
    private final UnaryOperator<T> trimmer;
    private final ByteBudget budget;
    private final Runnable onFull;

    private volatile boolean full;
    private boolean closed;

    /**
     * Object in the store.
     *
     * @param weight size of the object as JSON, in characters (about the number of bytes)
     */
    private record Kept<T>(T object, long weight) {}

    /**
     * Creates an empty store.
     *
     * @param onFull called once, on a thread of the informer, when the budget doesn’t allow another object
     */
    TrimmedItemStore(UnaryOperator<T> trimmer, ByteBudget budget, Runnable onFull) {
        this.trimmer = trimmer;
        this.budget = budget;
        this.onFull = onFull;
    }

    /** Returns whether the budget didn’t allow an object. */
    boolean isFull() {
        return full;
    }

    /** Releases its part of the budget, and keeps no objects from now on. */
    synchronized void close() {
        closed = true;
        items.keySet().forEach(this::remove);
    }

    @Override
    public String getKey(T object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    @Override
    public T put(String key, T object) {
        T trimmed = trimmer.apply(object);
        return put(key, new Kept<>(trimmed, Serialization.asJson(trimmed).length()));
    }

    private synchronized T put(String key, Kept<T> kept) {
        if (closed) {
            // The event arrived after the watch had ended.
            return null;
        }
        Kept<T> before = items.get(key);
        long more = kept.weight() - (before == null ? 0 : before.weight());
        if (more > 0) {
            reserve(more);
        } else {
            budget.release(-more);
        }
        items.put(key, kept);
        return before == null ? null : before.object();
    }

    private void reserve(long bytes) {
        try {
            budget.reserve(bytes);
        } catch (AnswerTooLargeException e) {
            if (!full) {
                full = true;
                onFull.run();
            }
            throw new KubernetesClientException("Too many objects", e);
        }
    }

    @Override
    public synchronized T remove(String key) {
        Kept<T> removed = items.remove(key);
        if (removed == null) {
            return null;
        }
        budget.release(removed.weight());
        return removed.object();
    }

    @Override
    public Stream<String> keySet() {
        return items.keySet().stream();
    }

    @Override
    public Stream<T> values() {
        return items.values().stream().map(Kept::object);
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public T get(String key) {
        Kept<T> kept = items.get(key);
        return kept == null ? null : kept.object();
    }
}
