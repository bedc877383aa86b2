package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * Which of a staging’s runs isn’t done. Runs are loaded from disk when they are asked for, but this is asked under the
 * queue’s lock and by every look at the dashboard. Safe from any thread.
 */
final class CurrentRun {

    private final LazyStagingJob staging;
    private boolean known;

    @CheckForNull
    private StagingRun run;

    CurrentRun(LazyStagingJob staging) {
        this.staging = staging;
    }

    /** Takes note of a new run. */
    synchronized StagingRun begun(StagingRun newRun) {
        known = true;
        run = newRun;
        return newRun;
    }

    @CheckForNull
    synchronized StagingRun get() {
        if (!known) {
            run = staging.getLastBuild();
            known = true;
        }
        if (run != null && !run.isBuilding()) {
            run = null;
        }
        return run;
    }
}
