package io.jenkins.plugins.octopod.staging.request;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceCause;

/**
 * Cause of archiving a staging to free capacity for another staging. It names the other staging only to users who may
 * see it, and only as part of a run, through which it finds the project.
 */
public final class CapacityCause extends MaintenanceCause {

    private final String newcomer;

    @CheckForNull
    private final String who;

    @CheckForNull
    private transient Run<?, ?> run;

    CapacityCause(String newcomer, String who) {
        this.newcomer = newcomer;
        this.who = who;
    }

    /** Returns the name of the staging that the capacity was freed for. */
    public String getNewcomer() {
        return newcomer;
    }

    @Override
    public void onAddedTo(Run build) {
        run = build;
    }

    @Override
    public void onLoad(Run<?, ?> build) {
        run = build;
    }

    @Override
    public String getShortDescription() {
        if (!isNewcomerVisible()) {
            return Messages.CapacityCause_capacityReachedForOther();
        }
        return who == null
                ? Messages.CapacityCause_capacityReached(newcomer)
                : Messages.CapacityCause_capacityReachedFor(newcomer, who);
    }

    private boolean isNewcomerVisible() {
        return run instanceof StagingRun stagingRun
                && StagingService.find(stagingRun.getParent().getParent(), newcomer)
                        .isPresent();
    }
}
