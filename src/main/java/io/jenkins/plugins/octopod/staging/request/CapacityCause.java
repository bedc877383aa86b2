package io.jenkins.plugins.octopod.staging.request;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceCause;

/** Cause of archiving a staging to free capacity for another staging. */
public final class CapacityCause extends MaintenanceCause {

    private final String newcomer;

    @CheckForNull
    private final String who;

    CapacityCause(String newcomer, String who) {
        this.newcomer = newcomer;
        this.who = who;
    }

    /** The name of the staging that has taken its place. */
    public String getNewcomer() {
        return newcomer;
    }

    @Override
    public String getShortDescription() {
        return who == null
                ? Messages.CapacityCause_capacityReached(newcomer)
                : Messages.CapacityCause_capacityReachedFor(newcomer, who);
    }
}
