package io.jenkins.plugins.octopod.dashboard.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Cause;
import hudson.model.Item;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.Redeployment;
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

    /** Returns the Jenkins symbol of the result. */
    public String getIcon() {
        return "symbol-status-" + run.getIconColor().getIconName();
    }

    /** Returns the display name of the result, or of the state of a run that hasn’t ended. */
    public String getOutcome() {
        return run.getIconColor().getDescription();
    }

    /** Returns when the run was created, because its start time changes when Jenkins is restarted. */
    public RelativeTime getStarted() {
        return new RelativeTime(Instant.ofEpochMilli(run.getTimeInMillis()));
    }

    /** Returns the descriptions of the run’s causes. */
    public String getWhy() {
        return run.getCauses().stream()
                .map(Cause::getShortDescription)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** Returns the display name of the agent; null if the run hasn’t begun, or the agent is unknown. */
    @CheckForNull
    public String getAgent() {
        return run.hasBegun() ? run.agentDisplayName() : null;
    }

    /** Returns the sentence that explains the result; null if there is none. */
    @CheckForNull
    public String getReason() {
        return Util.fixEmptyAndTrim(run.getReason());
    }

    /** Returns the staging’s status after the run; null if it is unknown, or the staging was deleted. */
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

    /** Returns whether the current user can abort the run now. */
    public boolean isAbortable() {
        return run.isBuilding() && run.getParent().hasAbortPermission();
    }

    /** Returns whether the current user can deploy the staging again with the overrides of the run, now or after the current action. */
    public boolean isRedeployable() {
        Staging staging = run.getParent();
        return staging.hasPermission(Item.BUILD)
                && Redeployment.isPossible(run)
                && Redeployment.obstacle(staging) == null;
    }

    /** Returns whether the current user can delete the run’s record now. */
    public boolean isDeletable() {
        return !run.isBuilding() && !run.isKeepLog() && run.hasPermission(StagingRun.DELETE);
    }
}
