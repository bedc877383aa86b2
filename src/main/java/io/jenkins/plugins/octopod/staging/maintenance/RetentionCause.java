package io.jenkins.plugins.octopod.staging.maintenance;

import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceCause;
import io.jenkins.plugins.octopod.staging.state.LifetimePolicy;

/** Cause of cleaning up a staging because it had been archived for long enough. */
public final class RetentionCause extends MaintenanceCause {

    private final int days;
    private final boolean again;

    private RetentionCause(int days, boolean again) {
        this.days = days;
        this.again = again;
    }

    static RetentionCause of(LifetimePolicy policy) {
        return new RetentionCause(policy.settings().getRetentionDays(), policy.status() == Status.CleanupFailed);
    }

    @Override
    public String getShortDescription() {
        return again ? Messages.RetentionCause_again() : Messages.RetentionCause_days(days);
    }
}
