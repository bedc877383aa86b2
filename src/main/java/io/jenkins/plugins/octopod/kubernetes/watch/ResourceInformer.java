package io.jenkins.plugins.octopod.kubernetes.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.jenkins.plugins.octopod.engine.cluster.LabelSelector;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterClients;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
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

    private final String resource;
    private final FilterWatchListDeletable<T, ?, ?> objects;
    private final UnaryOperator<T> trimmer;
    private final Function<T, List<String>> topics;
    private final Consumer<T> changed;
    private final Runnable onStateChanged;

    /** Another one whenever it begins anew. */
    private volatile SharedIndexInformer<T> informer;

    private boolean stopped;

    /** Whether it has given up, as the account may not. */
    private volatile boolean forbidden;

    /** What was said to the last try of watching that has failed; null if none has since it went well. */
    @CheckForNull
    private volatile String watchError;

    /** What was said when it was asked for last, beside the watch; null if that went well. */
    @CheckForNull
    private volatile String probeError;

    /**
     * Begins to watch; waits for nothing.
     *
     * @param resource as permissions call it, such as {@code pods}
     * @param trimmer trims an object to what is kept of it
     * @param topics by what it can be found besides its labels
     * @param changed is told of each object that is there, another or gone; on a thread of the client, which it mustn’t hold
     * @param onStateChanged called when the first list is complete or an error has occurred, on a thread of the client; must not block
     */
    ResourceInformer(
            String resource,
            FilterWatchListDeletable<T, ?, ?> objects,
            UnaryOperator<T> trimmer,
            Function<T, List<String>> topics,
            Consumer<T> changed,
            Runnable onStateChanged) {
        this.resource = resource;
        this.objects = objects;
        this.trimmer = trimmer;
        this.topics = topics;
        this.changed = changed;
        this.onStateChanged = onStateChanged;
        this.informer = begin();
    }

    /** What is wrong once mostly is no more after a while; a right that is missing is so until somebody gives it. */
    private SharedIndexInformer<T> begin() {
        SharedIndexInformer<T> next = objects.runnableInformer(0);
        next.itemStore(new TrimmedItemStore<>(trimmer));
        next.addIndexers(Map.of(BY_LABEL, ResourceInformer::labels, BY_TOPIC, topics));
        next.exceptionHandler((started, problem) -> {
            watchError = sentence(problem);
            forbidden = codeOf(problem) == HttpURLConnection.HTTP_FORBIDDEN;
            onStateChanged.run();
            return !forbidden;
        });
        next.addEventHandler(new Handler<>(changed));
        next.start().thenRun(onStateChanged);
        return next;
    }

    /** Whether it has given up until it is asked again. */
    boolean isForbidden() {
        return forbidden;
    }

    /**
     * Asks for a single object, as the client goes on for ever with a watch that it once had, and doesn’t say when the cluster
     * refuses it. What had given up begins anew when it is answered. Blocks, for some seconds at most.
     */
    void probe() {
        try {
            objects.list(new ListOptionsBuilder().withLimit(1L).build());
            probeError = null;
            restartIfForbidden();
        } catch (KubernetesClientException e) {
            int code = e.getCode();
            // Who doesn’t answer at all is asked by the connection.
            boolean says = code == HttpURLConnection.HTTP_UNAUTHORIZED
                    || code == HttpURLConnection.HTTP_FORBIDDEN
                    || code >= HttpURLConnection.HTTP_INTERNAL_ERROR;
            probeError = says ? sentence(e) : null;
        }
    }

    private synchronized void restartIfForbidden() {
        if (forbidden && !stopped) {
            forbidden = false;
            informer.stop();
            informer = begin();
        }
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
    }

    /** Whether it is known what there is, or was a short while ago. */
    boolean isKnown() {
        return informer.hasSynced();
    }

    /** Why it isn’t known what there is now, in a sentence; null if it is. */
    @CheckForNull
    String error() {
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
                .filter(object -> selector.matches(labelsOf(object)))
                .toList();
    }

    List<T> byTopic(String topic) {
        return informer.getIndexer().byIndex(BY_TOPIC, topic);
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
        int code = codeOf(problem);
        return switch (code) {
            case 0 ->
                io.jenkins.plugins.octopod.kubernetes.client.Messages.Cluster_unreachable(
                        ClusterClients.rootMessage(problem));
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                io.jenkins.plugins.octopod.kubernetes.client.Messages.Cluster_unauthorized();
            case HttpURLConnection.HTTP_FORBIDDEN -> Messages.Cluster_forbidden(resource);
            default -> io.jenkins.plugins.octopod.kubernetes.client.Messages.Cluster_refused(code);
        };
    }

    /** The status of HTTP; 0 where the cluster hasn’t answered. */
    private static int codeOf(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException said && said.getCode() > 0) {
                return said.getCode();
            }
        }
        return 0;
    }
}
