package io.jenkins.plugins.octopod.kubernetes.status;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;
import io.jenkins.plugins.octopod.kubernetes.ClusterProperty;
import io.jenkins.plugins.octopod.kubernetes.KubernetesClientPlugin;
import io.jenkins.plugins.octopod.kubernetes.WatchTarget;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterClientConfig;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterClients;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterCredentials;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterEndpoint;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterException;
import io.jenkins.plugins.octopod.kubernetes.client.Messages;
import io.jenkins.plugins.octopod.kubernetes.watch.ClusterConnection;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.kubernetes.watch.NamespaceWatch;
import io.jenkins.plugins.octopod.kubernetes.watch.WatchedStaging;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider.StagingMaskFactory;
import io.jenkins.plugins.octopod.staging.Staging;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.variant.OptionalExtension;

/**
 * Opens and closes the clients and watches that the projects’ settings require. The settings alone determine the
 * result, and they are applied whenever something might have changed. The same cluster and credentials share a client,
 * the same namespace shares a watch, and what is no longer needed is closed.
 */
@OptionalExtension(requirePlugins = KubernetesClientPlugin.CLIENT)
public final class ClusterReconciler {

    private static final Logger LOGGER = Logger.getLogger(ClusterReconciler.class.getName());

    /** Settings are often saved several times in a row. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Object lock = new Object();
    private final Debouncer reconciliation = new Debouncer(PAUSE, this::reconcile);
    private final StatusChangeDebouncer debouncer = new StatusChangeDebouncer();
    private boolean stopped;

    private Map<ConnectionKey, ClusterConnection> connections = new HashMap<>();

    /** Keys whose use of credentials was last recorded, by full name of the project. */
    private final Map<String, ConnectionKey> tracked = new HashMap<>();

    /** Watched stagings by full name. */
    private volatile Map<String, WatchedStaging> watchedStagings = Map.of();

    /** Reasons why a cluster can’t be watched, by full name of the project or of a single staging. */
    private volatile Map<String, RestrictedMessage> problems = Map.of();

    /** Properties that must be equal for a client to be shared. */
    private record ConnectionKey(ClusterEndpoint settings, String fingerprint) {}

    /** Returns the reconciler; null if the Kubernetes client’s plugin is missing. */
    @CheckForNull
    @ModuleInternal
    public static ClusterReconciler getOrNull() {
        List<ClusterReconciler> found = ExtensionList.lookup(ClusterReconciler.class);
        return found.isEmpty() ? null : found.get(0);
    }

    /** Returns the watched staging; null if the staging isn’t watched in a cluster. */
    @CheckForNull
    @ModuleInternal
    public WatchedStaging watchedStaging(Staging staging) {
        return watchedStagings.get(staging.getFullName());
    }

    /** Returns why the staging’s cluster can’t be watched; null if it can, or the project has no cluster. */
    @CheckForNull
    @ModuleInternal
    public RestrictedMessage problem(Staging staging) {
        RestrictedMessage itsOwn = problems.get(staging.getFullName());
        return itsOwn == null ? problems.get(staging.getParent().getFullName()) : itsOwn;
    }

    /** Handles the staging as if its cluster had reported a change. */
    void requeue(Staging staging) {
        WatchedStaging watchedStaging = watchedStaging(staging);
        if (watchedStaging != null) {
            if (watchedStaging.isMaskOld(staging)) {
                reconcileSoon();
            }
            debouncer.of(watchedStaging);
        }
    }

    /** Schedules a reconciliation on another thread. */
    void reconcileSoon() {
        reconciliation.trigger();
    }

    /** Opens and closes clients and watches according to the current settings and credentials. */
    void reconcile() {
        synchronized (lock) {
            if (stopped) {
                return;
            }
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                assignAll();
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "The clusters of projects couldn’t be looked after");
            }
        }
    }

    /** Checks whether each cluster responds, each on its own thread. */
    @ModuleInternal
    public void probeAll() {
        List<ClusterConnection> open;
        synchronized (lock) {
            open = List.copyOf(connections.values());
        }
        open.forEach(connection -> Computer.threadPoolForRemoting.execute(connection::probe));
    }

    /** Closes all clients and watches. Nothing is watched afterwards. */
    void stop() {
        debouncer.stop();
        synchronized (lock) {
            stopped = true;
            watchedStagings = Map.of();
            connections.values().forEach(ClusterConnection::close);
            connections = new HashMap<>();
        }
    }

    /** Returns the number of open clients. */
    @ModuleInternal
    public int connections() {
        synchronized (lock) {
            return connections.size();
        }
    }

    private void assignAll() {
        Map<ConnectionKey, ClusterConnection> needed = new HashMap<>();
        Map<String, WatchedStaging> assigned = new HashMap<>();
        Map<String, RestrictedMessage> found = new HashMap<>();
        try {
            List<OctopodProject> projects = Jenkins.get().getAllItems(OctopodProject.class);
            projects.forEach(project -> assignAll(project, needed, assigned, found));
            tracked.keySet()
                    .retainAll(
                            projects.stream().map(OctopodProject::getFullName).toList());
        } catch (RuntimeException | Error e) {
            // The previous state stays, so the connections opened for the new one aren’t needed.
            close(needed, connections);
            throw e;
        }
        Map<String, WatchedStaging> before = watchedStagings;
        watchedStagings = assigned;
        problems = found;
        Map<ConnectionKey, ClusterConnection> old = connections;
        connections = needed;
        close(old, needed);
        Map<ClusterConnection, Map<NamespaceWatch, List<WatchedStaging>>> all = new HashMap<>();
        needed.values().forEach(connection -> all.put(connection, new HashMap<>()));
        assigned.values().forEach(watchedStaging -> all.get(watchedStaging.connection())
                .computeIfAbsent(watchedStaging.watch(), watch -> new ArrayList<>())
                .add(watchedStaging));
        all.forEach(ClusterConnection::assign);
        // A newly assigned staging has missed earlier events, so report its state now.
        assigned.forEach((name, watchedStaging) -> {
            if (before.get(name) != watchedStaging) {
                debouncer.of(watchedStaging);
            }
        });
    }

    private void assignAll(
            OctopodProject project,
            Map<ConnectionKey, ClusterConnection> needed,
            Map<String, WatchedStaging> assigned,
            Map<String, RestrictedMessage> found) {
        ClusterProperty property = ClusterProperty.of(project);
        if (property == null) {
            tracked.remove(project.getFullName());
            return;
        }
        try {
            assignAll(project, property, connection(project, property, needed), assigned, found);
        } catch (ClusterException e) {
            found.put(project.getFullName(), e.reason());
        } catch (RuntimeException e) {
            // Credentials can come from outside Jenkins, and their failure must not affect the clusters of other
            // projects.
            RestrictedMessage problem =
                    ClusterException.restricted(Messages.ClusterReconciler_unreadable(ClusterClients.rootMessage(e)));
            if (!problem.equals(problems.get(project.getFullName()))) {
                LOGGER.log(Level.WARNING, e, () -> "The cluster of " + project.getFullName() + " can’t be watched");
            }
            found.put(project.getFullName(), problem);
        }
    }

    /** Closes the connections that aren’t among the others. */
    private static void close(
            Map<ConnectionKey, ClusterConnection> some, Map<ConnectionKey, ClusterConnection> others) {
        some.forEach((connectionKey, connection) -> {
            if (others.get(connectionKey) != connection) {
                connection.close();
            }
        });
    }

    /** Returns the open connection for the same cluster and credentials, or opens one. */
    private ClusterConnection connection(
            OctopodProject project, ClusterProperty property, Map<ConnectionKey, ClusterConnection> needed)
            throws ClusterException {
        ClusterEndpoint endpoint = property.cluster();
        // An administrator might have withdrawn the permission since the client was created.
        endpoint.requireAllowed();
        StandardCredentials credentials = ClusterCredentials.find(project, endpoint);
        ClusterClientConfig clientConfig = new ClusterClientConfig(credentials);
        ConnectionKey connectionKey = new ConnectionKey(endpoint, clientConfig.fingerprint());
        ClusterConnection open = needed.getOrDefault(connectionKey, connections.get(connectionKey));
        if (open == null) {
            open = new ClusterConnection(clientConfig.config(endpoint), debouncer::of);
            ClusterConnection made = open;
            Computer.threadPoolForRemoting.execute(made::probe);
        }
        needed.put(connectionKey, open);
        if (!connectionKey.equals(tracked.put(project.getFullName(), connectionKey)) && credentials != null) {
            CredentialsProvider.track(project, credentials);
        }
        return open;
    }

    /** Assigns all stagings of the project that aren’t archived. */
    private void assignAll(
            OctopodProject project,
            ClusterProperty property,
            ClusterConnection connection,
            Map<String, WatchedStaging> assigned,
            Map<String, RestrictedMessage> found) {
        WatchTarget target;
        try {
            target = property.targetOf(project.identity());
        } catch (IllegalArgumentException e) {
            found.put(project.getFullName(), ClusterException.restricted(e.getMessage()));
            return;
        }
        StagingMaskFactory masks = ScriptCredentialsProvider.masksOf(project);
        for (Staging staging : project.allChildren(Staging.class).toList()) {
            if (!staging.getStatus().isArchived()) {
                try {
                    WatchedStaging now = watched(target, property.getHealth(), connection, staging);
                    now.mask(staging, masks);
                    assigned.put(staging.getFullName(), now);
                } catch (IllegalArgumentException e) {
                    found.put(staging.getFullName(), ClusterException.restricted(e.getMessage()));
                }
            }
        }
    }

    /**
     * Returns the watched staging. It is the previous instance if the target is unchanged.
     *
     * @throws IllegalArgumentException if the namespace or the selector is refused; the message is a sentence
     */
    private WatchedStaging watched(
            WatchTarget target, HealthMode health, ClusterConnection connection, Staging staging) {
        String namespace = target.namespace(staging.getName());
        String selector = target.selector(staging.getName());
        WatchedStaging now =
                new WatchedStaging(staging.getFullName(), connection, connection.watch(namespace), selector, health);
        WatchedStaging before = watchedStagings.get(staging.getFullName());
        return before != null && before.isSameTarget(now) ? before : now;
    }
}
