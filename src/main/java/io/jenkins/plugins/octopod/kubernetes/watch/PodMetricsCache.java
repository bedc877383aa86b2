package io.jenkins.plugins.octopod.kubernetes.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Computer;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.octopod.engine.cluster.Resources;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Resource usage of a namespace’s pods. It can’t be watched, so one request reads it for all pods, only while a user
 * looks at the page. If a request fails, for example because the cluster doesn’t measure usage or denies access, the
 * next one follows after {@link #PAUSE_AFTER_FAILURE}. Thread-safe.
 */
public final class PodMetricsCache {

    private static final Logger LOGGER = Logger.getLogger(PodMetricsCache.class.getName());

    /** Clusters measure usage about as often. */
    private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(15);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(10);

    private final KubernetesClient client;
    private final String namespace;
    private final Runnable changed;
    private final AtomicBoolean inProgress = new AtomicBoolean();

    /** Time ({@link System#nanoTime}) from which the next request may be sent. */
    private volatile long nextAt = System.nanoTime();

    private volatile Map<String, Resources> known = Map.of();

    /**
     * Creates an empty cache.
     *
     * @param changed called on a thread of the pool when the known usage has changed
     */
    PodMetricsCache(KubernetesClient client, String namespace, Runnable changed) {
        this.client = client;
        this.namespace = namespace;
        this.changed = changed;
    }

    /** Returns the known usage of a pod; null if unknown. Sends no request, see {@link #refreshIfStale}. */
    @CheckForNull
    public Resources of(String pod) {
        return known.get(pod);
    }

    /** Requests the usage in the background if the known usage is old. */
    public void refreshIfStale() {
        if (System.nanoTime() - nextAt >= 0 && inProgress.compareAndSet(false, true)) {
            Computer.threadPoolForRemoting.execute(this::ask);
        }
    }

    private void ask() {
        Duration pause = REFRESH_INTERVAL;
        Map<String, Resources> before = known;
        try {
            Map<String, Resources> found = new HashMap<>();
            for (PodMetrics pod : client.top().pods().metrics(namespace).getItems()) {
                Resources sum = pod.getContainers().stream()
                        .map(container -> WorkloadMapper.of(container.getUsage()))
                        .reduce(Resources.NONE, Resources::plus);
                found.put(pod.getMetadata().getName(), sum);
            }
            known = Map.copyOf(found);
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "What pods in " + namespace + " use isn’t known");
            known = Map.of();
            pause = PAUSE_AFTER_FAILURE;
        } finally {
            nextAt = System.nanoTime() + pause.toNanos();
            inProgress.set(false);
        }
        if (!known.equals(before)) {
            changed.run();
        }
    }
}
