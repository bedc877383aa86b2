package io.jenkins.plugins.octopod.staging.maintenance;

import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import java.time.Instant;

/** Archives stagings of deleted branches, which {@link BranchDeletionListener} has marked. */
final class DeletedBranchRule implements MaintenanceRule {

    @Override
    public StagingRequest due(Staging staging, Instant now) {
        String branch = LifetimeService.deletedBranch(staging);
        boolean left = branch == null
                || staging.isPinned()
                || staging.getStatus().isArchived()
                || !staging.getParent().getLifetime().isArchiveGoneBranches();
        return left
                ? null
                : StagingRequest.of(
                        staging.getParent(), staging.getName(), Kind.ARCHIVE, new DeletedBranchCause(branch));
    }
}
