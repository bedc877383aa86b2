package io.jenkins.plugins.octopod.kubernetes.status;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.health.Observation;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.kubernetes.watch.ReportedStatus;
import io.jenkins.plugins.octopod.kubernetes.watch.WatchedStaging;
import io.jenkins.plugins.octopod.staging.CheckState;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.checks.CheckScheduler;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Debounces watch events. It collects the affected stagings for {@link #PAUSE}, because a deployment causes many
 * events in a short time. Then it updates their statuses on another thread, because the client’s thread must not block.
 */
final class StatusChangeDebouncer {

    private static final Logger LOGGER = Logger.getLogger(StatusChangeDebouncer.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Set<WatchedStaging> pending = ConcurrentHashMap.newKeySet();
    private final Debouncer debouncer = new Debouncer(PAUSE, this::process);
    private final AtomicLong versions = new AtomicLong();
    private volatile boolean stopped;

    void of(WatchedStaging watchedStaging) {
        if (!stopped && pending.add(watchedStaging)) {
            debouncer.trigger();
        }
    }

    /** Ends the processing of changes, because Jenkins stops. */
    void stop() {
        stopped = true;
    }

    private void process() {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (Iterator<WatchedStaging> next = pending.iterator(); !stopped && next.hasNext(); ) {
                WatchedStaging watchedStaging = next.next();
                next.remove();
                process(watchedStaging);
            }
        }
    }

    private void process(WatchedStaging watchedStaging) {
        try {
            watchedStaging.changed(versions.incrementAndGet());
            if (watchedStaging.health() != HealthMode.OFF
                    && Jenkins.get().getItemByFullName(watchedStaging.staging()) instanceof Staging staging) {
                report(watchedStaging, staging);
            }
        } catch (RuntimeException e) {
            // Jenkins’ instance disappears while Jenkins stops.
            if (!stopped) {
                LOGGER.log(Level.WARNING, e, () -> "What the cluster says of " + watchedStaging.staging() + " is lost");
            }
        }
    }

    /**
     * Reports each status once, because the cluster and the check script could otherwise overwrite each other in turns.
     * A new reason is reported only while the staging still shows the reason that was reported before. With
     * {@link HealthMode#INSTEAD_OF_CHECK}, the same status is reported again after a time in which the cluster didn’t
     * respond.
     */
    private static void report(WatchedStaging watchedStaging, Staging staging) {
        if (isForScriptsToSay(watchedStaging, staging)) {
            watchedStaging.markReported(null);
            return;
        }
        Observation seen = ClusterStatusSource.of(watchedStaging, staging);
        ReportedStatus now = ReportedStatus.of(seen);
        ReportedStatus before = watchedStaging.lastReported();
        if (now == null) {
            return;
        }
        boolean isTrueAgain = watchedStaging.health() == HealthMode.INSTEAD_OF_CHECK && staging.isStale();
        boolean isNew = isTrueAgain
                || before == null
                || !before.status().equals(now.status())
                || before.sentence().equals(staging.observedState().reason())
                        && !CheckState.equalsIgnoringNumbers(before.sentence(), now.sentence());
        if (isNew && CheckScheduler.get().report(staging, seen)) {
            watchedStaging.markReported(now);
        }
    }

    /**
     * Returns whether only the scripts know the status: an autoscaler might have scaled all workloads to zero until there
     * is work.
     */
    private static boolean isForScriptsToSay(WatchedStaging watchedStaging, Staging staging) {
        return watchedStaging.health() == HealthMode.BETWEEN_CHECKS
                && staging.getStatus() != Status.ArchivePending
                && watchedStaging.workloads().isScaledToZero();
    }
}
