package io.jenkins.plugins.octopod.staging.maintenance;

import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceCause;

/** Cause of restoring a staging by the project’s sleep schedule. */
public final class WakeCause extends MaintenanceCause {

    @Override
    public String getShortDescription() {
        return Messages.WakeCause_morning();
    }
}
