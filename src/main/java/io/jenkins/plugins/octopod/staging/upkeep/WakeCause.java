package io.jenkins.plugins.octopod.staging.upkeep;

import io.jenkins.plugins.octopod.staging.MaintenanceCause;

/** A staging was restored after the night. */
public final class WakeCause extends MaintenanceCause {

    @Override
    public String getShortDescription() {
        return Messages.WakeCause_morning();
    }
}
