package io.jenkins.plugins.octopod.dashboard.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.User;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import io.jenkins.plugins.octopod.staging.state.ImportInfo;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.StatusPeriod;
import io.jenkins.plugins.octopod.staging.support.RelativeTime;
import java.util.List;
import java.util.Map;

/** View model of a staging. It reads no file, except those of a busy staging’s newest run. */
public class StagingSummary {

    private final Staging staging;
    private final ObservedState observedState;

    public StagingSummary(Staging staging) {
        this.staging = staging;
        this.observedState = staging.observedState();
    }

    public Staging getStaging() {
        return staging;
    }

    /** Returns the state that all values of this model come from. */
    protected final ObservedState observedState() {
        return observedState;
    }

    public String getName() {
        return staging.getName();
    }

    /** Returns the branch from which the name was made; null if it is the same as the name. */
    @CheckForNull
    public String getBranch() {
        return staging.getName().equals(staging.getBranch()) ? null : staging.getBranch();
    }

    public StatusPresentation getStatus() {
        return StatusPresentation.of(observedState);
    }

    /** Returns when the staging got its status. */
    public RelativeTime getSince() {
        return new RelativeTime(observedState.since());
    }

    /** Returns the sentence that explains the status; null if there is none. */
    @CheckForNull
    public String getReason() {
        return Util.fixEmptyAndTrim(observedState.reason());
    }

    /** Returns whether the status is a failure. */
    public boolean isFailing() {
        return observedState.status().isFailure() || observedState.status() == Status.CleanupFailed;
    }

    public List<StagingLink> getLinks() {
        return observedState.links();
    }

    public RelativeTime getCreated() {
        return new RelativeTime(staging.createdAt());
    }

    /** Returns the time of the last request. */
    public RelativeTime getChanged() {
        return new RelativeTime(staging.changedAt());
    }

    /** Returns the display name of the user who created the staging; null if unknown. */
    @CheckForNull
    public String getCreatedBy() {
        return userName(staging.getCreatedBy());
    }

    /** Returns the display name of the user who changed the staging last; null if unknown. */
    @CheckForNull
    public String getChangedBy() {
        return userName(staging.getChangedBy());
    }

    /** Returns when the staging was imported; null if it was created here. */
    @CheckForNull
    public RelativeTime getImported() {
        ImportInfo imported = staging.imported();
        return imported == null ? null : new RelativeTime(imported.at());
    }

    /** Returns the display name of the user who imported the staging; null if unknown, or the staging was created here. */
    @CheckForNull
    public String getImportedBy() {
        ImportInfo imported = staging.imported();
        return imported == null ? null : userName(imported.by());
    }

    /** Returns the display name of the user with that id; the id if there is no such user. */
    @CheckForNull
    static String userName(@CheckForNull String id) {
        User user = id == null ? null : User.getById(id, false);
        return user == null ? id : user.getDisplayName();
    }

    public boolean isBusy() {
        return observedState.pending() != null;
    }

    /** Returns the run of the pending action; null if there is none yet, or no action is pending. */
    @CheckForNull
    public StagingRun getRun() {
        return isBusy() ? staging.unfinishedRun() : null;
    }

    /** Returns when the run of the pending action was created; null if there is none. */
    @CheckForNull
    public RelativeTime getRunStarted() {
        StagingRun run = getRun();
        return run == null ? null : new RunSummary(run).getStarted();
    }

    /** Returns when the current run was created, in milliseconds since 1970; 0 if there is none. */
    public long getStartedMillis() {
        StagingRun run = getRun();
        return run == null ? 0 : run.getTimeInMillis();
    }

    /** Returns the estimated duration of the current run in milliseconds; 0 if unknown. */
    public long getEstimateMillis() {
        StagingRun run = getRun();
        return run == null ? 0 : Math.max(0, run.estimate());
    }

    /**
     * Returns the URL, relative to Jenkins’ root, of the console of the run that caused the status; null if the viewer
     * can’t read it or there is none.
     */
    @CheckForNull
    public String getConsoleUrl() {
        List<StatusPeriod> history = observedState.history();
        String run = RunUrls.url(staging, history.get(history.size() - 1).run());
        return run == null || !isLogReadable() ? null : run + "console";
    }

    /**
     * Returns the sentence that says why the pending action hasn’t begun, or why the staging can’t be deleted after its
     * cleanup; null if neither is the case, or the reason is unknown.
     */
    @CheckForNull
    public String getWaitingFor() {
        String undeletable = staging.undeletableSentence();
        if (undeletable != null) {
            return undeletable;
        }
        return isBusy() ? RunLookup.queueReason(staging) : null;
    }

    /** Returns whether the current user can read the logs of the staging’s runs. */
    public boolean isLogReadable() {
        return staging.hasPermission(StagingPermissions.LOG);
    }

    /** Returns whether the current user can abort the pending action. */
    public boolean isAbortable() {
        return isBusy() && staging.hasAbortPermission();
    }

    /** Returns the operations that the current user can start now. */
    public List<StagingOperation> getOperations() {
        return StagingOperation.offeredFor(staging);
    }

    /** Returns the unavailable operations, each with a sentence that says why. */
    public Map<StagingOperation, String> getUnavailable() {
        return StagingOperation.unavailableFor(staging);
    }
}
