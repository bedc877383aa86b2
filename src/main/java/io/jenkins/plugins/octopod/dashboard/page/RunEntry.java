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

    /** Reads the run before it from disk. */
    public RunEntry(@NonNull StagingRun run) {
        super(run);
        this.previous = run.getPreviousBuild();
    }

    /** The action before; null if there is none. */
    @CheckForNull
    public StagingRun getPrevious() {
        return previous;
    }

    /** Whether it can be said what has changed: the action before is there, or there was none. */
    public boolean isComparable() {
        return previous != null || getRun().action() == StagingAction.CREATE;
    }

    /** Whether its overrides were deployed by it. */
    public boolean isDeploying() {
        StagingAction action = getRun().action();
        return action != null && action.isDeploying();
    }

    /** How long it will take, in milliseconds; 0 where nobody knows. */
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
