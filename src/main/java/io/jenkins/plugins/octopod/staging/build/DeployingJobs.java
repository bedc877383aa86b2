package io.jenkins.plugins.octopod.staging.build;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.journal.ChangeJournal;
import io.jenkins.plugins.octopod.staging.journal.ProjectIndex;
import io.jenkins.plugins.octopod.staging.support.ItemVisibility;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Index of the stagings by the job that deployed them last, because Jenkins asks for the actions of every job again and
 * again. Reads no file.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class DeployingJobs {

    /** Pause between two searches of all stagings, because something changes all the time in a large Jenkins. */
    private static final long MIN_INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

    private record Snapshot(ChangeJournal.Version at, long takenAt, Map<String, List<Staging>> stagings) {

        private boolean isCurrent(ChangeJournal.Version now) {
            return at.equals(now) || at.epoch() == now.epoch() && System.nanoTime() - takenAt < MIN_INTERVAL;
        }
    }

    private volatile Snapshot snapshot;

    public static DeployingJobs get() {
        return ExtensionList.lookupSingleton(DeployingJobs.class);
    }

    /**
     * Returns the stagings that the job deployed last and that the current user may see, the one with the newest change
     * first. The list can be half a second old.
     */
    public List<Staging> visibleOf(Job<?, ?> job) {
        return of(job).filter(ItemVisibility::isVisible)
                .sorted(Comparator.comparing(Staging::changedAt).reversed())
                .toList();
    }

    /** Returns whether {@link #visibleOf} returns any staging. Jenkins asks this of a job several times for each page. */
    public boolean isAnyVisible(Job<?, ?> job) {
        return of(job).anyMatch(ItemVisibility::isVisible);
    }

    private Stream<Staging> of(Job<?, ?> job) {
        return current().stagings().getOrDefault(job.getFullName(), List.of()).stream();
    }

    private Snapshot current() {
        // Before the search, so that a change during the search leads to the next one.
        ChangeJournal.Version now = ChangeJournal.get().current();
        Snapshot last = snapshot;
        if (last == null || !last.isCurrent(now)) {
            last = new Snapshot(now, System.nanoTime(), find());
            snapshot = last;
        }
        return last;
    }

    private static Map<String, List<Staging>> find() {
        Map<String, List<Staging>> stagings = new HashMap<>();
        ProjectIndex.get().all().stream()
                .flatMap(project -> project.allChildren(Staging.class))
                .forEach(staging -> {
                    // Read once, because it can change at any time.
                    String job = staging.lifetime().deployedBy();
                    if (job != null) {
                        stagings.computeIfAbsent(job, name -> new ArrayList<>()).add(staging);
                    }
                });
        return stagings;
    }
}
