package io.jenkins.plugins.octopod.staging.request;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceCause;

/**
 * Cause of archiving a staging to free capacity for another staging. It names the other one only to users who may see that, and
 * only with its run, by which it finds the project.
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

    /** The name of the staging that has taken its place. */
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
