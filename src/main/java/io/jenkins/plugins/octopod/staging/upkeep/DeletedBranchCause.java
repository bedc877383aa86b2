package io.jenkins.plugins.octopod.staging.upkeep;

import io.jenkins.plugins.octopod.staging.MaintenanceCause;

/** A staging was archived as the branch or pull request that had deployed it is gone. */
public final class DeletedBranchCause extends MaintenanceCause {

    private final String branch;

    DeletedBranchCause(String branch) {
        this.branch = branch;
    }

    /** What people call it, with the names of the folders that it was in. */
    public String getBranch() {
        return branch;
    }

    @Override
    public String getShortDescription() {
        return Messages.DeletedBranchCause_gone(branch);
    }
}
