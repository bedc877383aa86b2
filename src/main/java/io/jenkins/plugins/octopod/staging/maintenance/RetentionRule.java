package io.jenkins.plugins.octopod.staging.maintenance;

import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.time.Instant;

/** Cleans up stagings after the retention period in the archive, and retries failed cleanups. */
final class RetentionRule implements MaintenanceRule {

    @Override
    public StagingRequest due(Staging staging, Instant now) {
        Instant due = staging.cleanedUpAt();
        return due == null || now.isBefore(due)
                ? null
                : StagingRequest.of(staging.getParent(), staging.getName(), Kind.CLEANUP, RetentionCause.of(staging));
    }
}
