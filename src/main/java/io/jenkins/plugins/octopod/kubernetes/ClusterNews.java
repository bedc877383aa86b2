package io.jenkins.plugins.octopod.kubernetes;

import hudson.model.Computer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.health.Observation;
import io.jenkins.plugins.octopod.kubernetes.ClusterStatus.Said;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingChecks;
import io.jenkins.plugins.octopod.staging.sweep.Sweeps;
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
 * Takes in that a cluster has said something new of stagings, which a client’s thread tells and mustn’t wait for: together for
 * a short while, as much is said at once when something is deployed, and then on another thread.
 */
final class ClusterNews {

    private static final Logger LOGGER = Logger.getLogger(ClusterNews.class.getName());
    private static final long PAUSE_MILLIS = 200;

    private final Set<Seat> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean planned = new AtomicBoolean();
    private final AtomicLong versions = new AtomicLong();

    void of(Seat seat) {
        if (waiting.add(seat) && planned.compareAndSet(false, true)) {
            Timer.get()
                    .schedule(
                            () -> Computer.threadPoolForRemoting.execute(this::takeIn),
                            PAUSE_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    private void takeIn() {
        // Before anything is looked at: what comes from now on is to be taken in later.
        planned.set(false);
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (Iterator<Seat> next = waiting.iterator(); next.hasNext(); ) {
                Seat seat = next.next();
                next.remove();
                takeIn(seat);
            }
        }
    }

    private void takeIn(Seat seat) {
        seat.changed(versions.incrementAndGet());
        try {
            if (seat.health() != ClusterHealth.OFF
                    && Jenkins.get().getItemByFullName(seat.staging()) instanceof Staging staging) {
                tell(seat, staging);
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "What the cluster says of " + seat.staging() + " is lost");
        }
    }

    /**
     * Once for each status: where the scripts are asked as well, both sides mustn’t take turns. Why it isn’t well, as long as what
     * was told before stands there.
     */
    private static void tell(Seat seat, Staging staging) {
        Observation seen = ClusterStatus.of(seat, staging);
        Said now = Said.of(seen);
        Said before = seat.told();
        if (now == null) {
            return;
        }
        boolean news = before == null
                || !before.status().equals(now.status())
                || before.sentence().equals(staging.record().reason())
                        && !StagingChecks.isAlike(before.sentence(), now.sentence());
        if (news && Sweeps.get().told(staging, seen)) {
            seat.tell(now);
        }
    }
}
