package io.jenkins.plugins.octopod.kubernetes;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.jenkins.plugins.octopod.engine.cluster.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * All objects of one kind in one namespace, kept as they are in the cluster by watching them. Goes on trying, after longer and
 * longer pauses, whatever goes wrong. Safe for any thread.
 */
final class WatchedKind<T extends HasMetadata> {

    private static final String BY_LABEL = "label";
    private static final String BY_TOPIC = "topic";

    private final String resource;
    private final SharedIndexInformer<T> informer;

    /** What was said to the last try that has failed; null where none has since it went well. */
    @CheckForNull
    private volatile String trouble;

    /**
     * @param resource as permissions call it, such as {@code pods}
     * @param informer that hasn’t been started
     * @param slim what is kept of an object
     * @param topics by what it can be found besides its labels
     */
    WatchedKind(
            String resource, SharedIndexInformer<T> informer, UnaryOperator<T> slim, Function<T, List<String>> topics) {
        this.resource = resource;
        this.informer = informer;
        informer.itemStore(new SlimStore<>(slim));
        informer.addIndexers(Map.of(BY_LABEL, WatchedKind::labels, BY_TOPIC, topics));
    }

    /**
     * Begins to watch; waits for nothing.
     *
     * @param changed is told of each object that is there, another or gone; on a thread of the client, which it mustn’t hold
     * @param turned is told when it is known what there is, and when something has gone wrong; on such a thread as well
     */
    void start(Consumer<T> changed, Runnable turned) {
        informer.exceptionHandler((started, problem) -> {
            trouble = sentence(problem);
            turned.run();
            return true;
        });
        informer.addEventHandler(new Handler<>(changed));
        informer.start().thenRun(turned);
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

    void stop() {
        informer.stop();
    }

    /** Whether it is known what there is, or was a short while ago. */
    boolean isKnown() {
        return informer.hasSynced();
    }

    /** Why it isn’t known what there is now, in a sentence; null where it is. */
    @CheckForNull
    String trouble() {
        return informer.isWatching() ? null : trouble;
    }

    List<T> selected(LabelSelector selector) {
        List<T> candidates = selector.label()
                .map(label -> informer.getIndexer().byIndex(BY_LABEL, label))
                .orElseGet(() -> informer.getStore().list());
        return candidates.stream()
                .filter(object -> selector.matches(labelsOf(object)))
                .toList();
    }

    List<T> about(String topic) {
        return informer.getIndexer().byIndex(BY_TOPIC, topic);
    }

    Optional<T> named(String namespace, String name) {
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
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException said && said.getCode() > 0) {
                return switch (said.getCode()) {
                    case 401 -> Messages.Cluster_unauthorized();
                    case 403 -> Messages.Cluster_forbidden(resource);
                    default -> Messages.Cluster_refused(said.getCode());
                };
            }
        }
        return Messages.Cluster_unreachable(rootOf(problem));
    }

    /** The last cause’s own words, as those around it say no more than that something has failed. */
    static String rootOf(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
