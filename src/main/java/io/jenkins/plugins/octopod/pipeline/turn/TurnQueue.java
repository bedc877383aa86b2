package io.jenkins.plugins.octopod.pipeline.turn;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import io.jenkins.plugins.octopod.staging.turn.DeletedStaging;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Queue of the steps that wait for a busy staging, in the order of their arrival. When the staging becomes free, the
 * first step is notified; when it leaves the queue, the next one is. Of the builds of one job, only the newest waits.
 *
 * <p>The queue is in memory only. After a restart of Jenkins, steps resume, find their staging busy, and join again.
 * Thread-safe. Steps are called without the lock.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class TurnQueue extends StagingListener {

    /** Waiting steps by the full name of the staging. Guarded by this. */
    private final Map<String, List<Turn>> waiting = new HashMap<>();

    static TurnQueue get() {
        return ExtensionList.lookupSingleton(TurnQueue.class);
    }

    /**
     * Adds a step to the queue of a staging, unless it waits already. Supersedes the steps of older builds of the same
     * job.
     *
     * @param staging full name of the staging
     * @return newer build of the same job that waits already, in which case the step isn’t added; null if there is none
     */
    @CheckForNull
    Run<?, ?> join(String staging, Turn turn) {
        List<Turn> older = new ArrayList<>();
        synchronized (this) {
            List<Turn> all = waiting.computeIfAbsent(staging, name -> new ArrayList<>());
            for (Turn other : all) {
                int order = isOfSameJob(turn, other) ? compareBuilds(other, turn) : 0;
                if (order > 0) {
                    return other.build();
                } else if (order < 0) {
                    older.add(other);
                }
            }
            all.removeAll(older);
            if (!all.contains(turn)) {
                all.add(turn);
            }
        }
        older.forEach(each -> each.supersede(turn.build()));
        return null;
    }

    private static boolean isOfSameJob(Turn turn, Turn other) {
        return turn.build()
                .getParent()
                .getFullName()
                .equals(other.build().getParent().getFullName());
    }

    private static int compareBuilds(Turn turn, Turn other) {
        return Integer.compare(turn.build().getNumber(), other.build().getNumber());
    }

    /** Removes a step from the queue, and notifies the next one. Does nothing if the step isn’t in the queue. */
    void leave(String staging, Turn turn) {
        synchronized (this) {
            List<Turn> all = waiting.get(staging);
            if (all == null || !all.remove(turn)) {
                return;
            }
            if (all.isEmpty()) {
                waiting.remove(staging);
                return;
            }
        }
        notifyFirst(staging);
    }

    private void notifyFirst(String staging) {
        Turn first;
        synchronized (this) {
            List<Turn> all = waiting.get(staging);
            first = all == null ? null : all.get(0);
        }
        if (first != null) {
            first.take();
        }
    }

    @Override
    public void onChanged(@NonNull Staging staging) {
        if (!staging.isBusy()) {
            notifyFirst(staging.getFullName());
        }
    }

    /** Notifies the first step after the staging was deleted, because a step that deploys can then create it. */
    @Extension
    public static final class DeletionListener extends ItemListener {

        @Override
        public void onDeleted(Item item) {
            if (item instanceof Staging staging) {
                String name = staging.getFullName();
                DeletedStaging.whenGone(staging, () -> get().notifyFirst(name));
            }
        }
    }
}
