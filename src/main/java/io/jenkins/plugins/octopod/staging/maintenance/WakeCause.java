package io.jenkins.plugins.octopod.staging.maintenance;

import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceCause;

/** A staging was restored after the night. */
public final class WakeCause extends MaintenanceCause {

    @Override
    public String getShortDescription() {
        return Messages.WakeCause_morning();
    }
}
