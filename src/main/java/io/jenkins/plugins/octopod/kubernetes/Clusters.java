package io.jenkins.plugins.octopod.kubernetes;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ScriptCredentials;
import io.jenkins.plugins.octopod.project.ScriptCredentials.StagingMasks;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.jenkinsci.plugins.variant.OptionalExtension;

/**
 * All clusters that projects name, and where each staging is in them. What there has to be follows from the settings alone, and
 * is made so whenever something may have changed: one client for the same cluster and credentials, one watch for the same
 * namespace, and nothing that nobody needs any more.
 */
@OptionalExtension(requirePlugins = ClusterPlugins.CLIENT)
public final class Clusters {

    private static final Logger LOGGER = Logger.getLogger(Clusters.class.getName());

    /** Settings are often saved several times in a row. */
    private static final long PAUSE_MILLIS = 100;

    private final Object lock = new Object();
    private final AtomicBoolean planned = new AtomicBoolean();
    private final ClusterNews news = new ClusterNews();
    private boolean stopped;

    private Map<Key, ClusterConnection> connections = new HashMap<>();

    /** By full name of the project, what its credentials’ page was told that it uses. */
    private final Map<String, Key> tracked = new HashMap<>();

    /** By full name of the staging. */
    private volatile Map<String, Seat> seats = Map.of();

    /** By full name of the project, why its cluster can’t be watched, in a sentence. */
    private volatile Map<String, String> problems = Map.of();

    /** What has to be equal for a client to be shared. */
    private record Key(ClusterSettings settings, String fingerprint) {}

    /** Null where the plugin that it needs isn’t there. */
    @CheckForNull
    static Clusters getOrNull() {
        List<Clusters> found = ExtensionList.lookup(Clusters.class);
        return found.isEmpty() ? null : found.get(0);
    }

    /** Where the staging is; null where it isn’t looked for in a cluster. */
    @CheckForNull
    Seat seat(Staging staging) {
        return seats.get(staging.getFullName());
    }

    /** Why the staging’s cluster can’t be watched, in a sentence; null where it can, or there is none. */
    @CheckForNull
    String problem(Staging staging) {
        return problems.get(staging.getParent().getFullName());
    }

    /** Has the seat looked at as if its cluster had said something new. */
    void look(Staging staging) {
        Seat seat = seat(staging);
        if (seat != null) {
            if (seat.isMaskOld(staging)) {
                reviewSoon();
            }
            news.of(seat);
        }
    }

    /** Has all made as the settings say, soon and on another thread. */
    void reviewSoon() {
        if (planned.compareAndSet(false, true)) {
            Timer.get()
                    .schedule(
                            () -> Computer.threadPoolForRemoting.execute(this::review),
                            PAUSE_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    /** Makes all as the settings and the credentials say now. */
    void review() {
        planned.set(false);
        synchronized (lock) {
            if (stopped) {
                return;
            }
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                seatAll();
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "The clusters of projects couldn’t be looked after");
            }
        }
    }

    /** Asks each cluster whether it answers, each on a thread of its own. */
    void pingAll() {
        List<ClusterConnection> open;
        synchronized (lock) {
            open = List.copyOf(connections.values());
        }
        open.forEach(connection -> Computer.threadPoolForRemoting.execute(connection::ping));
    }

    /** Ends all of it, for good. */
    void stop() {
        synchronized (lock) {
            stopped = true;
            seats = Map.of();
            connections.values().forEach(ClusterConnection::close);
            connections = new HashMap<>();
        }
    }

    /** How many clients there are. */
    int connections() {
        synchronized (lock) {
            return connections.size();
        }
    }

    private void seatAll() {
        Map<Key, ClusterConnection> needed = new HashMap<>();
        Map<String, Seat> taken = new HashMap<>();
        Map<String, String> found = new HashMap<>();
        try {
            List<OctopodProject> projects = Jenkins.get().getAllItems(OctopodProject.class);
            projects.forEach(project -> seatAll(project, needed, taken, found));
            tracked.keySet()
                    .retainAll(
                            projects.stream().map(OctopodProject::getFullName).toList());
        } catch (RuntimeException e) {
            // All stays as it was, and what was opened is needed by nobody.
            close(needed, connections);
            throw e;
        }
        Map<String, Seat> before = seats;
        seats = taken;
        problems = found;
        Map<Key, ClusterConnection> old = connections;
        connections = needed;
        close(old, needed);
        Map<ClusterConnection, Map<NamespaceWatch, List<Seat>>> all = new HashMap<>();
        needed.values().forEach(connection -> all.put(connection, new HashMap<>()));
        taken.values().forEach(seat -> all.get(seat.connection())
                .computeIfAbsent(seat.watch(), watch -> new ArrayList<>())
                .add(seat));
        all.forEach(ClusterConnection::seat);
        // Whoever has just sat down has missed what was said before.
        taken.forEach((name, seat) -> {
            if (before.get(name) != seat) {
                news.of(seat);
            }
        });
    }

    private void seatAll(
            OctopodProject project,
            Map<Key, ClusterConnection> needed,
            Map<String, Seat> taken,
            Map<String, String> found) {
        ClusterProperty property = ClusterProperty.of(project);
        if (property == null) {
            tracked.remove(project.getFullName());
            return;
        }
        try {
            seatAll(project, property, connection(project, property, needed), taken);
        } catch (ClusterException e) {
            found.put(project.getFullName(), e.getMessage());
        } catch (RuntimeException e) {
            // Credentials may come from outside Jenkins; the clusters of others have nothing to do with that.
            String problem = Messages.Clusters_unreadable(WatchedKind.rootOf(e));
            if (!problem.equals(problems.get(project.getFullName()))) {
                LOGGER.log(Level.WARNING, e, () -> "The cluster of " + project.getFullName() + " can’t be watched");
            }
            found.put(project.getFullName(), problem);
        }
    }

    /** Those that aren’t among the others. */
    private static void close(Map<Key, ClusterConnection> some, Map<Key, ClusterConnection> others) {
        some.forEach((key, connection) -> {
            if (others.get(key) != connection) {
                connection.close();
            }
        });
    }

    /** The one that is there for the same cluster and the same credentials; else a new one. */
    private ClusterConnection connection(
            OctopodProject project, ClusterProperty property, Map<Key, ClusterConnection> needed)
            throws ClusterException {
        ClusterSettings settings = property.cluster();
        StandardCredentials credentials = ClusterCredentials.find(project, settings);
        ClusterLogin login = new ClusterLogin(credentials);
        Key key = new Key(settings, login.fingerprint());
        ClusterConnection open = needed.getOrDefault(key, connections.get(key));
        if (open == null) {
            open = new ClusterConnection(login.config(settings), news::of);
            ClusterConnection made = open;
            Computer.threadPoolForRemoting.execute(made::ping);
        }
        needed.put(key, open);
        if (!key.equals(tracked.put(project.getFullName(), key)) && credentials != null) {
            CredentialsProvider.track(project, credentials);
        }
        return open;
    }

    /** Those that are archived have nothing to be watched. */
    private void seatAll(
            OctopodProject project, ClusterProperty property, ClusterConnection connection, Map<String, Seat> taken)
            throws ClusterException {
        StagingMasks masks = ScriptCredentials.masksOf(project);
        try {
            for (var child : project.children()) {
                if (child instanceof Staging staging && !staging.getStatus().isArchived()) {
                    String namespace = property.namespaceOf(staging.getName(), project.identity());
                    Seat seat = new Seat(
                            staging.getFullName(),
                            connection,
                            connection.watch(namespace),
                            property.selectorOf(staging.getName(), project.identity()),
                            property.getHealth());
                    Seat before = seats.get(staging.getFullName());
                    Seat now = before != null && before.isLike(seat) ? before : seat;
                    now.mask(staging, masks);
                    taken.put(staging.getFullName(), now);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new ClusterException(e.getMessage(), e);
        }
    }
}
