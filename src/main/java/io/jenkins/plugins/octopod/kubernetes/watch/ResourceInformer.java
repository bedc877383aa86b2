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

    /** So many objects are in one answer. */
    private static final long PAGE = 100;

    private static final Duration PAUSE_IF_TOO_MANY = Duration.ofMinutes(10);

    private final String resource;
    private final FilterWatchListDeletable<T, ?, ?> objects;
    private final UnaryOperator<T> trimmer;
    private final ByteBudget budget;
    private final Function<T, List<String>> topics;
    private final Function<Throwable, String> sentences;
    private final Consumer<T> changed;
    private final Runnable onStateChanged;

    /** Another one whenever it begins anew. */
    private volatile SharedIndexInformer<T> informer;

    /** Whether the present informer has begun; not if there was no thread for it. */
    private volatile boolean begun;

    /** That of the present informer. */
    private volatile TrimmedItemStore<T> kept;

    private boolean stopped;

    /** As {@link System#nanoTime}, when it has stopped because there are too many objects. */
    private volatile long gaveUpAt;

    /** Whether it has given up, as the account may not. */
    private volatile boolean forbidden;

    /** What was said to the last try of watching that has failed; null if none has since it went well. */
    @CheckForNull
    private volatile String watchError;

    /** What was said when it was asked for last, beside the watch; null if that went well. */
    @CheckForNull
    private volatile String probeError;

    /**
     * Watches nothing before {@link #start}.
     *
     * @param resource as permissions call it, such as {@code pods}
     * @param trimmer trims an object to what is kept of it
     * @param budget for what is kept; when it is used up the informer stops, and tries again after a while
     * @param topics by what it can be found besides its labels
     * @param sentences says what is wrong, for every user
     * @param changed is told of each object that is there, another or gone; on a thread of the client, which it mustn’t hold
     * @param onStateChanged called when the first list is complete or an error has occurred, on a thread of the client; must not block
     */
    ResourceInformer(
            String resource,
            FilterWatchListDeletable<T, ?, ?> objects,
            UnaryOperator<T> trimmer,
            ByteBudget budget,
            Function<T, List<String>> topics,
            Function<Throwable, String> sentences,
            Consumer<T> changed,
            Runnable onStateChanged) {
        this.resource = resource;
        this.objects = objects;
        this.trimmer = trimmer;
        this.budget = budget;
        this.topics = topics;
        this.sentences = sentences;
        this.changed = changed;
        this.onStateChanged = onStateChanged;
        this.informer = create();
    }

    /** What is wrong once mostly is no more after a while; a right that is missing is so until somebody gives it. */
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
     * Begins to watch; waits for nothing.
     *
     * @throws OutOfMemoryError if no thread can be started; {@link #stop} ends what has begun
     */
    synchronized void start() {
        informer.start().thenRun(onStateChanged);
        begun = true;
    }

    /** Whether it watches nothing until {@link #probe} has it begin anew. */
    boolean isIdle() {
        return forbidden || !begun || kept.isFull();
    }

    /**
     * Asks for a single object, as the client goes on for ever with a watch that it once had, and doesn’t say when the cluster
     * refuses it. What had given up begins anew when it is answered. Blocks, for some seconds at most.
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
            // Who doesn’t answer at all is asked by the connection.
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

    /** There is no memory for what there is. Called on a thread of the informer, which can’t stop itself. */
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
            // Whoever has lost it is concerned as well.
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

    /** Whether it is known what there is, or was a short while ago. */
    boolean isKnown() {
        return informer.hasSynced();
    }

    /** Why it isn’t known what there is now, in a sentence; null if it is. */
    @CheckForNull
    String error() {
        if (kept.isFull()) {
            return io.jenkins.plugins.octopod.kubernetes.client.Messages.Cluster_tooLarge();
        }
        if (informer.isWatching()) {
            // Nobody is told when it is again.
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
                // An index can know more than what is kept, when the store has been closed.
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

    /** Such as {@code app=shop}, each. */
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
