package io.jenkins.plugins.octopod.kubernetes.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Computer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.jenkins.plugins.octopod.engine.cluster.LabelSelector;
import io.jenkins.plugins.octopod.kubernetes.client.ByteBudget;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterFailure;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * All objects of one kind in one namespace, kept up to date by a watch. After an error, the watch is retried with
 * longer and longer pauses. It stops if a permission is missing, and {@link #probe} restarts it once the permission is
 * granted. Thread-safe.
 */
final class ResourceInformer<T extends HasMetadata> {

    private static final String BY_LABEL = "label";
    private static final String BY_TOPIC = "topic";

    /** Maximum number of objects in one response to a list request. */
    private static final long PAGE = 100;

    private static final Duration PAUSE_IF_TOO_MANY = Duration.ofMinutes(10);

    /**
     * What all informers of one watch share.
     *
     * @param budget memory for the objects that are kept; when it is used up, the informer pauses
     * @param sentences function that returns a message about an error that any user may read
     * @param onStateChanged called when the first list is complete or an error has occurred, on a thread of the client;
     *     must not block
     */
    record Shared(ByteBudget budget, Function<Throwable, String> sentences, Runnable onStateChanged) {}

    private final String resource;
    private final FilterWatchListDeletable<T, ?, ?> objects;
    private final UnaryOperator<T> trimmer;
    private final ByteBudget budget;
    private final Function<T, List<String>> topics;
    private final Function<Throwable, String> sentences;
    private final Consumer<T> changed;
    private final Runnable onStateChanged;

    /** Replaced when the watch restarts. */
    private volatile SharedIndexInformer<T> informer;

    /** Whether the present informer has started. False if no thread was available for it. */
    private volatile boolean begun;

    /** Store of the present informer. */
    private volatile TrimmedItemStore<T> kept;

    private boolean stopped;

    /** Time ({@link System#nanoTime}) at which the informer stopped because there are too many objects. */
    private volatile long gaveUpAt;

    /** Whether the informer has stopped because the account lacks a permission. */
    private volatile boolean forbidden;

    /** Message about the last failed attempt to watch; null if the watch has worked since. */
    @CheckForNull
    private volatile String watchError;

    /**
     * Message about a probe that the server refused or failed to answer because of an internal error; null otherwise.
     */
    @CheckForNull
    private volatile String probeError;

    /**
     * Creates the informer, which watches nothing before {@link #start}.
     *
     * @param resource name of the kind as in permissions, such as {@code pods}
     * @param trimmer function that removes from an object what the plugin doesn’t use
     * @param topics function that returns further index keys of an object, besides its labels
     * @param changed receives each added, changed or deleted object on a thread of the client; must not block
     */
    ResourceInformer(
            String resource,
            FilterWatchListDeletable<T, ?, ?> objects,
            UnaryOperator<T> trimmer,
            Function<T, List<String>> topics,
            Consumer<T> changed,
            Shared shared) {
        this.resource = resource;
        this.objects = objects;
        this.trimmer = trimmer;
        this.budget = shared.budget;
        this.topics = topics;
        this.sentences = shared.sentences;
        this.changed = changed;
        this.onStateChanged = shared.onStateChanged;
        this.informer = create();
    }

    /**
     * Creates an informer that retries after errors. It stops only if a permission is missing or there are too many
     * objects, because a retry doesn’t help then.
     */
    private SharedIndexInformer<T> create() {
        TrimmedItemStore<T> store = new TrimmedItemStore<>(trimmer, budget, this::giveUp);
        kept = store;
        SharedIndexInformer<T> next = objects.withLimit(PAGE).runnableInformer(0);
        next.itemStore(store);
        next.addIndexers(Map.of(BY_LABEL, ResourceInformer::labels, BY_TOPIC, topics));
        next.exceptionHandler((started, problem) -> {
            watchError = sentence(problem);
            forbidden = ClusterFailure.code(problem) == HttpURLConnection.HTTP_FORBIDDEN;
            onStateChanged.run();
            return !forbidden && !store.isFull();
        });
        next.addEventHandler(new Handler<>(changed));
        return next;
    }

    /**
     * Starts watching, without waiting for the first list.
     *
     * @throws OutOfMemoryError if no thread can be started; {@link #stop} ends what has begun
     */
    synchronized void start() {
        informer.start().thenRun(onStateChanged);
        begun = true;
    }

    /** Returns whether nothing is watched until {@link #probe} restarts the informer. */
    boolean isIdle() {
        return forbidden || !begun || kept.isFull();
    }

    /**
     * Requests a single object, because the client retries a lost watch forever without reporting that the cluster
     * refuses it. If the request succeeds, an informer that had stopped is restarted. Blocks for some seconds at most.
     *
     * @throws OutOfMemoryError if no thread can be started; the next call tries again
     */
    void probe() {
        try {
            objects.list(new ListOptionsBuilder().withLimit(1L).build());
            probeError = null;
            restartIfStopped();
        } catch (RuntimeException e) {
            int code = ClusterFailure.code(e);
            // The connection’s own probe reports a server that doesn’t respond.
            boolean says = code == HttpURLConnection.HTTP_UNAUTHORIZED
                    || code == HttpURLConnection.HTTP_FORBIDDEN
                    || code >= HttpURLConnection.HTTP_INTERNAL_ERROR;
            probeError = says ? sentence(e) : null;
        }
    }

    private synchronized void restartIfStopped() {
        boolean full = kept.isFull();
        if (full && System.nanoTime() - gaveUpAt < PAUSE_IF_TOO_MANY.toNanos()) {
            return;
        }
        if (isIdle() && !stopped) {
            begun = false;
            forbidden = false;
            informer.stop();
            kept.close();
            informer = create();
            start();
        }
    }

    /**
     * Stops the informer because there are too many objects. An informer can’t stop itself on its own thread, which
     * calls this, so another thread stops it.
     */
    private void giveUp() {
        gaveUpAt = System.nanoTime();
        Computer.threadPoolForRemoting.execute(() -> {
            synchronized (this) {
                if (kept.isFull()) {
                    informer.stop();
                    kept.close();
                }
            }
            onStateChanged.run();
        });
    }

    private record Handler<T>(Consumer<T> changed) implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            changed.accept(object);
        }

        @Override
        public void onUpdate(T before, T now) {
            changed.accept(now);
            // The change also affects a staging that the object no longer belongs to.
            changed.accept(before);
        }

        @Override
        public void onDelete(T object, boolean finalStateUnknown) {
            changed.accept(object);
        }
    }

    synchronized void stop() {
        stopped = true;
        informer.stop();
        kept.close();
    }

    /** Returns whether the first list is complete. The objects can be out of date if {@link #error} is not null. */
    boolean isKnown() {
        return informer.hasSynced();
    }

    /** Returns a sentence about why the objects can be out of date; null if they are current. */
    @CheckForNull
    String error() {
        if (kept.isFull()) {
            return io.jenkins.plugins.octopod.kubernetes.client.Messages.Cluster_tooLarge();
        }
        if (informer.isWatching()) {
            // The client has no event for a watch that works again.
            watchError = null;
        }
        String said = probeError;
        return said == null ? watchError : said;
    }

    List<T> selected(LabelSelector selector) {
        List<T> candidates = selector.label()
                .map(label -> informer.getIndexer().byIndex(BY_LABEL, label))
                .orElseGet(() -> informer.getStore().list());
        return candidates.stream()
                // After the store was closed, the index still contains keys without an object.
                .filter(Objects::nonNull)
                .filter(object -> selector.matches(labelsOf(object)))
                .toList();
    }

    List<T> byTopic(String topic) {
        return informer.getIndexer().byIndex(BY_TOPIC, topic).stream()
                .filter(Objects::nonNull)
                .toList();
    }

    Optional<T> byName(String namespace, String name) {
        return Optional.ofNullable(informer.getStore().getByKey(namespace + '/' + name));
    }

    /** Returns the labels as index keys, such as {@code app=shop}. */
    private static List<String> labels(HasMetadata object) {
        return labelsOf(object).entrySet().stream()
                .map(label -> label.getKey() + '=' + label.getValue())
                .toList();
    }

    static Map<String, String> labelsOf(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    private String sentence(Throwable problem) {
        return ClusterFailure.code(problem) == HttpURLConnection.HTTP_FORBIDDEN
                ? Messages.Cluster_forbidden(resource)
                : sentences.apply(problem);
    }
}
