package io.jenkins.plugins.octopod.staging.maintenance;

import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceCause;

/** Cause of archiving a staging by the project’s sleep schedule. */
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
