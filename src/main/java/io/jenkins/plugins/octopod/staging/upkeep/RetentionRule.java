package io.jenkins.plugins.octopod.staging.upkeep;

import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.time.Instant;

/** Cleans up what has been archived for long enough, and tries again where that has failed. */
final class RetentionRule implements MaintenanceRule {

    @Override
    public StagingRequest due(Staging staging, Instant now) {
        Instant due = staging.cleanedUpAt();
        return due == null || now.isBefore(due)
                ? null
                : StagingRequest.of(staging.getParent(), staging.getName(), Kind.CLEANUP, RetentionCause.of(staging));
    }
}
