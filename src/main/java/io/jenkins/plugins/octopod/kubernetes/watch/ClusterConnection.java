package io.jenkins.plugins.octopod.kubernetes.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterClients;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterException;
import io.jenkins.plugins.octopod.kubernetes.client.Messages;
import io.jenkins.plugins.octopod.kubernetes.status.ClusterReconciler;
import java.net.HttpURLConnection;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Logger;

/**
 * One client of one cluster, and the namespaces that are watched with it. Used by {@link ClusterReconciler} alone: one thread at a time,
 * and another that pings.
 */
@ModuleInternal
public final class ClusterConnection {

    private static final Logger LOGGER = Logger.getLogger(ClusterConnection.class.getName());

    private final KubernetesClient client;
    private final Consumer<WatchedStaging> changed;
    private final Map<String, NamespaceWatch> namespaces = new ConcurrentHashMap<>();
    private final AtomicBoolean pinging = new AtomicBoolean();

    /** Why it doesn’t answer, in a sentence; null if it does. */
    @CheckForNull
    private volatile String error;

    /** @throws ClusterException if no client can be made; nothing was sent to the cluster */
    public ClusterConnection(Config config, Consumer<WatchedStaging> changed) throws ClusterException {
        this.client = ClusterClients.create(config);
        this.changed = changed;
    }

    public KubernetesClient client() {
        return client;
    }

    public NamespaceWatch watch(String namespace) {
        return namespaces.computeIfAbsent(namespace, name -> new NamespaceWatch(client, name, changed));
    }

    /** Assigns the stagings to their namespaces’ watches, and closes the watches that have no staging. */
    public void assign(Map<NamespaceWatch, ? extends Collection<WatchedStaging>> byNamespace) {
        Iterator<NamespaceWatch> watches = namespaces.values().iterator();
        while (watches.hasNext()) {
            NamespaceWatch watch = watches.next();
            Collection<WatchedStaging> assigned = byNamespace.get(watch);
            if (assigned == null) {
                watches.remove();
                watch.close();
            } else {
                watch.assign(assigned);
            }
        }
    }

    /**
     * Asks whether the cluster answers, and whether the account may ask in each namespace: a connection that was lost, or is
     * refused from now on, is otherwise known only once it is back. Blocks, for some seconds for each namespace at most; does
     * nothing while another thread is at it.
     */
    public void probe() {
        if (!pinging.compareAndSet(false, true)) {
            return;
        }
        try {
            String before = error;
            error = connectionError();
            if (!Objects.equals(before, error)) {
                // What was said meanwhile wasn’t taken in.
                namespaces.values().forEach(NamespaceWatch::allChanged);
            }
            if (error == null) {
                namespaces.values().forEach(NamespaceWatch::probe);
            }
        } finally {
            pinging.set(false);
        }
    }

    /** Whoever may not ask for the version is answered as well; what stands before a cluster answers when it doesn’t. */
    @CheckForNull
    private String connectionError() {
        try {
            client.getKubernetesVersion();
            return null;
        } catch (KubernetesClientException e) {
            int code = e.getCode();
            if (code <= 0) {
                return Messages.Cluster_unreachable(ClusterClients.rootMessage(e));
            }
            if (code == HttpURLConnection.HTTP_UNAUTHORIZED) {
                return Messages.Cluster_unauthorized();
            }
            return code >= HttpURLConnection.HTTP_INTERNAL_ERROR ? Messages.Cluster_refused(code) : null;
        }
    }

    @CheckForNull
    String error() {
        return error;
    }

    public void close() {
        List.copyOf(namespaces.values()).forEach(NamespaceWatch::close);
        namespaces.clear();
        client.close();
    }
}
