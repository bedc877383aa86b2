package io.jenkins.plugins.octopod.staging.upkeep;

import io.jenkins.plugins.octopod.staging.UpkeepCause;

/** A staging was archived as the branch or pull request that had deployed it is gone. */
public final class GoneBranchCause extends UpkeepCause {

    private final String branch;

    GoneBranchCause(String branch) {
        this.branch = branch;
    }

    /** What people call it, with the names of the folders that it was in. */
    public String getBranch() {
        return branch;
    }

    @Override
    public String getShortDescription() {
        return Messages.GoneBranchCause_gone(branch);
    }
}
