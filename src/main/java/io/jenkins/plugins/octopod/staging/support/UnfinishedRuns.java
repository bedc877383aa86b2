package io.jenkins.plugins.octopod.staging.support;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs of stagings that have not ended, with or without an executor, so that counting them needs no search of all
 * stagings. Kept in memory: a run is added when it begins, and when it is loaded after a restart. Thread-safe.
 */
@Extension
@ModuleInternal
public final class UnfinishedRuns extends RunListener<Run<?, ?>> {

    private final Set<Run<?, ?>> runs = ConcurrentHashMap.newKeySet();
    private final AtomicLong changes = new AtomicLong();

    public static UnfinishedRuns get() {
        return ExtensionList.lookupSingleton(UnfinishedRuns.class);
    }

    public void add(@NonNull Run<?, ?> run) {
        if (runs.add(run)) {
            changes.incrementAndGet();
        }
    }

    /** Returns the unfinished runs, and forgets those that have ended. */
    public Collection<Run<?, ?>> current() {
        runs.removeIf(run -> !run.isBuilding());
        return runs;
    }

    /**
     * Returns how often a run has begun or ended. If the number has changed, the count of runs might have changed too.
     */
    public long changes() {
        return changes.get();
    }

    @Override
    public void onFinalized(Run<?, ?> run) {
        if (runs.remove(run)) {
            changes.incrementAndGet();
        }
    }
}
