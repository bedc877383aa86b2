package io.jenkins.plugins.octopod.staging.maintenance;

import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import io.jenkins.plugins.octopod.staging.state.LifetimePolicy;
import java.io.IOException;
import java.time.Instant;

/** Cleans up stagings after the retention period in the archive, and retries failed cleanups. */
final class RetentionRule implements MaintenanceRule {

    @Override
    public StagingRequest due(Staging staging, LifetimePolicy policy, Instant now) {
        Instant due = policy.cleanedUpAt();
        return due == null || now.isBefore(due)
                ? null
                : StagingRequest.of(staging.getParent(), staging.getName(), Kind.CLEANUP, RetentionCause.of(policy));
    }

    @Override
    public boolean isIrreversible() {
        return true;
    }

    /** Records when sleep has ended without a restoration, because the retention period begins then. */
    @Override
    public void onTick(Staging staging, Instant now) throws IOException {
        if (!staging.isBusy()) {
            LifetimeService.recordEndOfSleep(staging);
        }
    }
}
