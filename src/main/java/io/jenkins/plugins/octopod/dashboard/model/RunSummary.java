package io.jenkins.plugins.octopod.dashboard.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Cause;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.support.RelativeTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** View model of a run. */
public class RunSummary {

    private final StagingRun run;

    public RunSummary(StagingRun run) {
        this.run = run;
    }

    public StagingRun getRun() {
        return run;
    }

    public String getAction() {
        return ActionLabels.name(run.action());
    }

    /** Returns the title, such as “Update #3”. */
    public String getTitle() {
        return getAction() + ' ' + run.getDisplayName();
    }

    public String getIcon() {
        return "symbol-status-" + run.getIconColor().getIconName();
    }

    /** Returns the result in a word. */
    public String getOutcome() {
        return run.getIconColor().getDescription();
    }

    /** Returns when the run was created. Its start time changes with a restart of Jenkins. */
    public RelativeTime getStarted() {
        return new RelativeTime(Instant.ofEpochMilli(run.getTimeInMillis()));
    }

    /** Returns the causes of the run. */
    public String getWhy() {
        return run.getCauses().stream()
                .map(Cause::getShortDescription)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** Returns the agent; null if there is none yet. */
    @CheckForNull
    public String getAgent() {
        return run.hasBegun() ? run.agentDisplayName() : null;
    }

    @CheckForNull
    public String getReason() {
        return Util.fixEmptyAndTrim(run.getReason());
    }

    /** Returns the status after the run; null if it is unknown, or the staging was deleted. */
    @CheckForNull
    public StatusPresentation getStatusAfter() {
        Status status = run.getStatusAfter();
        return status == null ? null : StatusPresentation.of(status);
    }

    public List<OverrideView> getDeploymentOverrides() {
        return OverrideView.of(run.getDeploymentOverrides());
    }

    public List<OverrideView> getApplicationOverrides() {
        return OverrideView.of(run.getApplicationOverrides());
    }

    /** Returns whether the current user can read the run’s log. */
    public boolean isLogReadable() {
        return run.hasPermission(StagingPermissions.LOG);
    }

    public boolean isAbortable() {
        return run.isBuilding() && run.getParent().hasAbortPermission();
    }

    public boolean isDeletable() {
        return !run.isBuilding() && !run.isKeepLog() && run.hasPermission(StagingRun.DELETE);
    }
}
