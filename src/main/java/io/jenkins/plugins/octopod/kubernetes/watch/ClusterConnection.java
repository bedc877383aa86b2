package io.jenkins.plugins.octopod.kubernetes.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.kubernetes.client.ByteBudget;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterClients;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterException;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterFailure;
import io.jenkins.plugins.octopod.kubernetes.status.ClusterReconciler;
import java.net.HttpURLConnection;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One client of one cluster, and the namespaces that are watched with it. Only {@link ClusterReconciler} uses it, on
 * one thread at a time; {@link #probe} runs on another thread.
 */
@ModuleInternal
public final class ClusterConnection {

    private static final Logger LOGGER = Logger.getLogger(ClusterConnection.class.getName());

    /** Each namespace has six watches, and each watch needs a thread. */
    private static final int MAX_NAMESPACES = 250;

    /** Limit for all connections together. */
    private static final int MAX_ALL_NAMESPACES = 1_000;

    private static final AtomicInteger ALL_NAMESPACES = new AtomicInteger();

    private final KubernetesClient client;
    private final int maxNamespaces;
    private final Consumer<WatchedStaging> changed;
    private final ByteBudget budget = ByteBudget.forKept();
    private final Map<String, NamespaceWatch> namespaces = new ConcurrentHashMap<>();
    private final AtomicBoolean pinging = new AtomicBoolean();

    /** Sentence about why the cluster doesn’t respond; null if it does. */
    @CheckForNull
    private volatile String error;

    /**
     * Creates the connection, without sending anything to the cluster.
     *
     * @throws ClusterException if the client can’t be created
     */
    public ClusterConnection(Config config, Consumer<WatchedStaging> changed) throws ClusterException {
        this(ClusterClients.create(config), changed, MAX_NAMESPACES);
    }

    ClusterConnection(KubernetesClient client, Consumer<WatchedStaging> changed, int maxNamespaces) {
        this.maxNamespaces = maxNamespaces;
        this.client = client;
        this.changed = changed;
    }

    public KubernetesClient client() {
        return client;
    }

    /**
     * Returns the watch of the namespace, and starts it if there is none yet.
     *
     * @throws IllegalArgumentException if there are too many watches, or no thread can be started; the message is a
     *     sentence
     */
    public NamespaceWatch watch(String namespace) {
        return namespaces.computeIfAbsent(namespace, this::begin);
    }

    private NamespaceWatch begin(String namespace) {
        if (namespaces.size() >= maxNamespaces) {
            throw new IllegalArgumentException(Messages.Cluster_tooManyNamespaces(maxNamespaces));
        }
        NamespaceWatch watch = new NamespaceWatch(client, namespace, budget, changed);
        if (ALL_NAMESPACES.incrementAndGet() > MAX_ALL_NAMESPACES) {
            ALL_NAMESPACES.decrementAndGet();
            throw new IllegalArgumentException(Messages.Cluster_tooManyNamespacesInAll(MAX_ALL_NAMESPACES));
        }
        try {
            watch.start();
            return watch;
        } catch (OutOfMemoryError e) {
            end(watch);
            LOGGER.log(Level.WARNING, e, () -> "Jenkins lacks threads or memory to watch the namespace " + namespace);
            throw new IllegalArgumentException(Messages.Cluster_noThread(namespace), e);
        } catch (RuntimeException | Error e) {
            end(watch);
            throw e;
        }
    }

    private static void end(NamespaceWatch watch) {
        watch.close();
        ALL_NAMESPACES.decrementAndGet();
    }

    /** Assigns the stagings to their namespaces’ watches, and closes the watches that have no staging. */
    public void assign(Map<NamespaceWatch, ? extends Collection<WatchedStaging>> byNamespace) {
        Iterator<NamespaceWatch> watches = namespaces.values().iterator();
        while (watches.hasNext()) {
            NamespaceWatch watch = watches.next();
            Collection<WatchedStaging> assigned = byNamespace.get(watch);
            if (assigned == null) {
                watches.remove();
                end(watch);
            } else {
                watch.assign(assigned);
            }
        }
    }

    /**
     * Checks whether the cluster responds, and whether the account has access to each namespace, because the client
     * doesn’t report a lost or refused connection before it works again. Blocks for some seconds for each namespace at
     * most. Does nothing while another thread probes.
     */
    public void probe() {
        if (!pinging.compareAndSet(false, true)) {
            return;
        }
        try {
            String before = error;
            error = connectionError();
            if (!Objects.equals(before, error)) {
                // Statuses weren’t updated while there was an error.
                namespaces.values().forEach(NamespaceWatch::allChanged);
            }
            if (error == null) {
                namespaces.values().forEach(ClusterConnection::probe);
            }
        } finally {
            pinging.set(false);
        }
    }

    /** Probes one namespace. A lack of threads doesn’t keep the caller from probing the next namespaces. */
    private static void probe(NamespaceWatch watch) {
        try {
            watch.probe();
        } catch (OutOfMemoryError e) {
            LOGGER.log(Level.WARNING, "Jenkins lacks threads or memory to watch a namespace; it tries again", e);
        }
    }

    /**
     * Returns a sentence about why the cluster doesn’t respond; null if it does. Codes 403 and 404 count as a response,
     * because the account might lack access to the version, but other errors can come from a proxy in front of the
     * cluster.
     */
    @CheckForNull
    private String connectionError() {
        try {
            client.getKubernetesVersion();
            return null;
        } catch (RuntimeException e) {
            int code = ClusterFailure.code(e);
            boolean answers = code == HttpURLConnection.HTTP_FORBIDDEN || code == HttpURLConnection.HTTP_NOT_FOUND;
            return answers ? null : ClusterFailure.sentence(e, client.getConfiguration());
        }
    }

    @CheckForNull
    String error() {
        return error;
    }

    public void close() {
        List.copyOf(namespaces.values()).forEach(ClusterConnection::end);
        namespaces.clear();
        client.close();
    }
}
