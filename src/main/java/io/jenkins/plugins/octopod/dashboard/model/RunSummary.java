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

/** What a page shows of a run. */
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

    /** Such as “Update #3”. */
    public String getTitle() {
        return getAction() + ' ' + run.getDisplayName();
    }

    public String getIcon() {
        return "symbol-status-" + run.getIconColor().getIconName();
    }

    /** The result in a word. */
    public String getOutcome() {
        return run.getIconColor().getDescription();
    }

    /** Not the start time, which is a later one after a restart of Jenkins. */
    public RelativeTime getStarted() {
        return new RelativeTime(Instant.ofEpochMilli(run.getTimeInMillis()));
    }

    /** Why, and by whom. */
    public String getWhy() {
        return run.getCauses().stream()
                .map(Cause::getShortDescription)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** The agent; null while there is none yet. */
    @CheckForNull
    public String getAgent() {
        return run.hasBegun() ? run.agentDisplayName() : null;
    }

    @CheckForNull
    public String getReason() {
        return Util.fixEmptyAndTrim(run.getReason());
    }

    /** What the staging was afterwards; null if that isn’t known yet, or it was gone. */
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

    /** Whether the current user may read its log. */
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
