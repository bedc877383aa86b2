package io.jenkins.plugins.octopod.staging.maintenance;

import hudson.model.AbstractItem;
import hudson.model.Item;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.lifetime.DeletedBranch;
import io.jenkins.plugins.octopod.staging.lifetime.Lifetime;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import io.jenkins.plugins.octopod.staging.state.LifetimePolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import jenkins.model.Jenkins;

/**
 * Archives stagings of deleted branches, which {@link BranchDeletionListener} has marked, after the project’s grace
 * period. The mark is removed once the branch’s job exists again, or a different job has deployed the staging.
 */
final class DeletedBranchRule implements MaintenanceRule {

    @Override
    public StagingRequest due(Staging staging, LifetimePolicy policy, Instant now) {
        DeletedBranch branch = policy.observed().maintenanceState().deletedBranch();
        boolean left = branch == null
                || policy.isPinned()
                || policy.status().isArchived()
                || !policy.settings().isArchiveGoneBranches()
                || now.isBefore(branch.seenAt()
                        .plus(Duration.ofMinutes(policy.settings().getBranchGraceMinutes())))
                || !isTrue(branch, policy.lifetime());
        return left
                ? null
                : StagingRequest.of(
                        staging.getParent(),
                        staging.getName(),
                        Kind.ARCHIVE,
                        new DeletedBranchCause(branch.displayName()));
    }

    @Override
    public void onTick(Staging staging, Instant now) throws IOException {
        DeletedBranch branch = staging.observedState().maintenanceState().deletedBranch();
        if (branch != null && !isTrue(branch, staging.lifetime())) {
            LifetimeService.unmarkBranchDeleted(staging, branch);
        }
    }

    /**
     * Returns whether the job that deployed the staging last is the deleted one and still doesn’t exist. The caller
     * must be SYSTEM.
     */
    private static boolean isTrue(DeletedBranch branch, Lifetime lifetime) {
        String job = lifetime.deployedBy();
        String deleted = branch.job();
        boolean same = job != null && (deleted == null || deleted.equals(job));
        return same && !isThere(job);
    }

    /**
     * Returns whether a job exists. A folder notifies its listeners of a deletion while it still contains the job,
     * whose files are already deleted.
     */
    private static boolean isThere(String job) {
        Item item = Jenkins.get().getItemByFullName(job);
        return item instanceof AbstractItem found && found.getConfigFile().exists();
    }
}
