package io.jenkins.plugins.octopod.staging.maintenance;

import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceCause;

/** Cause of archiving a staging for the night. */
public final class SleepCause extends MaintenanceCause {

    @Override
    public boolean isSleep() {
        return true;
    }

    @Override
    public String getShortDescription() {
        return Messages.SleepCause_night();
    }
}
