package io.jenkins.plugins.octopod.staging.maintenance;

import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceCause;

/** Cause of archiving a staging because the branch or pull request that deployed it was deleted. */
public final class DeletedBranchCause extends MaintenanceCause {

    private final String branch;

    DeletedBranchCause(String branch) {
        this.branch = branch;
    }

    /** Returns the display name of the branch, with the names of its folders. */
    public String getBranch() {
        return branch;
    }

    @Override
    public String getShortDescription() {
        return Messages.DeletedBranchCause_branchDeleted(branch);
    }
}
