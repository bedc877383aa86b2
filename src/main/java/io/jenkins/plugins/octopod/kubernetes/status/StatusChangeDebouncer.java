package io.jenkins.plugins.octopod.kubernetes.status;

import hudson.model.Computer;
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
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;

/**
 * Debounces watch events. It collects the affected stagings for {@link #PAUSE_MILLIS}, because a deployment causes many
 * events at once. Then it updates their statuses on another thread, because the client’s thread must not block.
 */
final class StatusChangeDebouncer {

    private static final Logger LOGGER = Logger.getLogger(StatusChangeDebouncer.class.getName());
    private static final long PAUSE_MILLIS = 200;

    private final Set<WatchedStaging> pending = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean planned = new AtomicBoolean();
    private final AtomicLong versions = new AtomicLong();
    private volatile boolean stopped;

    void of(WatchedStaging watchedStaging) {
        if (!stopped && pending.add(watchedStaging) && planned.compareAndSet(false, true)) {
            Timer.get()
                    .schedule(
                            () -> Computer.threadPoolForRemoting.execute(this::process),
                            PAUSE_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    /** Takes nothing in any more: Jenkins stops. */
    void stop() {
        stopped = true;
    }

    private void process() {
        // Before anything is looked at: what comes from now on is to be taken in later.
        planned.set(false);
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
            // When Jenkins stops, there is no Jenkins any more at some point.
            if (!stopped) {
                LOGGER.log(Level.WARNING, e, () -> "What the cluster says of " + watchedStaging.staging() + " is lost");
            }
        }
    }

    /**
     * Once for each status: where the scripts are asked as well, both sides mustn’t take turns. Why it isn’t well, as long as what
     * was told before stands there. The same again after the cluster didn’t answer, if no script says that it is still true.
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

    /** An autoscaler may have scaled it to zero until there is work, which only the scripts know. */
    private static boolean isForScriptsToSay(WatchedStaging watchedStaging, Staging staging) {
        return watchedStaging.health() == HealthMode.BETWEEN_CHECKS
                && staging.getStatus() != Status.ArchivePending
                && watchedStaging.workloads().isScaledToZero();
    }
}
