package io.jenkins.plugins.octopod.kubernetes;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One client of one cluster, and the namespaces that are watched with it. Used by {@link Clusters} alone, one thread at a time. */
final class ClusterConnection {

    private static final Logger LOGGER = Logger.getLogger(ClusterConnection.class.getName());

    private final KubernetesClient client;
    private final Consumer<Seat> changed;
    private final Map<String, NamespaceWatch> namespaces = new HashMap<>();

    /** Why it doesn’t answer, in a sentence; null where it does. */
    @CheckForNull
    private volatile String trouble;

    /** @throws ClusterException if no client can be made; nothing was sent to the cluster */
    ClusterConnection(Config config, Consumer<Seat> changed) throws ClusterException {
        this.client = client(config);
        this.changed = changed;
    }

    /** @throws ClusterException if it can’t be made, as from a certificate that can’t be read */
    static KubernetesClient client(Config config) throws ClusterException {
        try {
            return new KubernetesClientBuilder().withConfig(config).build();
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "No client for " + config.getMasterUrl());
            throw new ClusterException(Messages.ClusterConnection_noClient(WatchedKind.rootOf(e)), e);
        }
    }

    KubernetesClient client() {
        return client;
    }

    NamespaceWatch watch(String namespace) {
        return namespaces.computeIfAbsent(namespace, name -> new NamespaceWatch(client, name, changed));
    }

    /** Gives the stagings their seats, and ends the watching of namespaces without any. */
    void seat(Map<NamespaceWatch, ? extends Collection<Seat>> seats) {
        Iterator<NamespaceWatch> watches = namespaces.values().iterator();
        while (watches.hasNext()) {
            NamespaceWatch watch = watches.next();
            Collection<Seat> taken = seats.get(watch);
            if (taken == null) {
                watches.remove();
                watch.close();
            } else {
                watch.seat(taken);
            }
        }
    }

    /**
     * Asks whether the cluster answers: a connection that was lost is otherwise known only once it is back. Blocks, for some
     * seconds at most.
     */
    void ping() {
        try {
            client.getKubernetesVersion();
            trouble = null;
        } catch (KubernetesClientException e) {
            // Whoever may not ask for the version is answered as well.
            trouble = e.getCode() == 401
                    ? Messages.Cluster_unauthorized()
                    : e.getCode() > 0 ? null : Messages.Cluster_unreachable(WatchedKind.rootOf(e));
        }
    }

    @CheckForNull
    String trouble() {
        return trouble;
    }

    void close() {
        List.copyOf(namespaces.values()).forEach(NamespaceWatch::close);
        namespaces.clear();
        client.close();
    }
}
