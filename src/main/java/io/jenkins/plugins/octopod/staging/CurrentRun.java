package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.staging.support.UnfinishedRuns;

/**
 * Cache of the staging’s run in progress, if any. Jenkins loads runs from disk on demand, but this value is read under
 * the queue’s lock and for every view of the dashboard. Thread-safe.
 */
final class CurrentRun {

    private final LazyStagingJob staging;
    private boolean known;

    @CheckForNull
    private StagingRun run;

    CurrentRun(LazyStagingJob staging) {
        this.staging = staging;
    }

    /** Records and returns a new run. */
    synchronized StagingRun begun(StagingRun newRun) {
        known = true;
        run = newRun;
        UnfinishedRuns.get().add(newRun);
        return newRun;
    }

    @CheckForNull
    synchronized StagingRun get() {
        if (!known) {
            run = staging.getLastBuild();
            known = true;
            if (run != null && run.isBuilding()) {
                UnfinishedRuns.get().add(run);
            }
        }
        if (run != null && !run.isBuilding()) {
            run = null;
        }
        return run;
    }
}
