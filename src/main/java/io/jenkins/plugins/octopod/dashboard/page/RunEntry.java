package io.jenkins.plugins.octopod.dashboard.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.dashboard.model.RunSummary;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.util.List;

/** A run in the list of a staging’s actions, with its overrides that differ from the previous run. */
public final class RunEntry extends RunSummary {

    @CheckForNull
    private final StagingRun previous;

    /** Creates the entry, and reads the previous run from disk. */
    public RunEntry(@NonNull StagingRun run) {
        super(run);
        this.previous = run.getPreviousBuild();
    }

    /** Returns the previous run; null if there is none. */
    @CheckForNull
    public StagingRun getPrevious() {
        return previous;
    }

    /** Returns whether changes can be determined: the previous run exists, or there never was one. */
    public boolean isComparable() {
        return previous != null || getRun().action() == StagingAction.CREATE;
    }

    /** Returns whether the run deploys its overrides. */
    public boolean isDeploying() {
        StagingAction action = getRun().action();
        return action != null && action.isDeploying();
    }

    /** Returns the estimated duration in milliseconds; 0 if unknown. */
    public long getEstimateMillis() {
        return Math.max(0, getRun().estimate());
    }

    public List<OverrideDiff> getDeploymentChanges() {
        Overrides before = previous == null ? Overrides.NONE : previous.getDeploymentOverrides();
        return isComparable() ? OverrideDiff.between(before, getRun().getDeploymentOverrides()) : List.of();
    }

    public List<OverrideDiff> getApplicationChanges() {
        Overrides before = previous == null ? Overrides.NONE : previous.getApplicationOverrides();
        return isComparable() ? OverrideDiff.between(before, getRun().getApplicationOverrides()) : List.of();
    }

    public int getChangeCount() {
        return getDeploymentChanges().size() + getApplicationChanges().size();
    }
}
