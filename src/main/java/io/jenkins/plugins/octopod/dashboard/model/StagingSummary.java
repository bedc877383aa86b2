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
import io.jenkins.plugins.octopod.staging.support.RelativeTime;
import java.util.List;
import java.util.Map;

/** What a page shows of a staging, all of one moment. Reads no file, but for a busy staging’s newest run. */
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

    public String getName() {
        return staging.getName();
    }

    /** What the name was made from; null if that is the name. */
    @CheckForNull
    public String getBranch() {
        return staging.getName().equals(staging.getBranch()) ? null : staging.getBranch();
    }

    public StatusPresentation getStatus() {
        return StatusPresentation.of(observedState);
    }

    public RelativeTime getSince() {
        return new RelativeTime(observedState.since());
    }

    /** Why it has that status; null if there is nothing to say. */
    @CheckForNull
    public String getReason() {
        return Util.fixEmptyAndTrim(observedState.reason());
    }

    /** Whether the reason is one to be alarmed about. */
    public boolean isFailing() {
        return observedState.status().isFailure() || observedState.status() == Status.CleanupFailed;
    }

    public List<StagingLink> getLinks() {
        return observedState.links();
    }

    public RelativeTime getCreated() {
        return new RelativeTime(staging.createdAt());
    }

    public RelativeTime getChanged() {
        return new RelativeTime(staging.changedAt());
    }

    /** As people call them; null if it isn’t known. */
    @CheckForNull
    public String getCreatedBy() {
        return userName(staging.getCreatedBy());
    }

    /** As people call them; null if it isn’t known. */
    @CheckForNull
    public String getChangedBy() {
        return userName(staging.getChangedBy());
    }

    /** When it was taken over from elsewhere; null if it was created here. */
    @CheckForNull
    public RelativeTime getImported() {
        ImportInfo imported = staging.imported();
        return imported == null ? null : new RelativeTime(imported.at());
    }

    /** As people call them; null if it isn’t known, or it was created here. */
    @CheckForNull
    public String getImportedBy() {
        ImportInfo imported = staging.imported();
        return imported == null ? null : userName(imported.by());
    }

    private static String userName(String id) {
        User user = id == null ? null : User.getById(id, false);
        return user == null ? id : user.getDisplayName();
    }

    public boolean isBusy() {
        return observedState.pending() != null;
    }

    /** The run that is at it; null if none is yet. */
    @CheckForNull
    public StagingRun getRun() {
        return isBusy() ? staging.unfinishedRun() : null;
    }

    /** Since when that run is at it; null if there is none. */
    @CheckForNull
    public RelativeTime getRunStarted() {
        StagingRun run = getRun();
        return run == null ? null : new RunSummary(run).getStarted();
    }

    /** Why the pending action hasn’t begun, or doesn’t end; null if it has begun, or the reason is not known. */
    @CheckForNull
    public String getWaitingFor() {
        String undeletable = staging.undeletableSentence();
        if (undeletable != null) {
            return undeletable;
        }
        return isBusy() ? RunLookup.queueReason(staging) : null;
    }

    /** Whether the current user may read the logs of its runs. */
    public boolean isLogReadable() {
        return staging.hasPermission(StagingPermissions.LOG);
    }

    public boolean isAbortable() {
        return isBusy() && staging.hasAbortPermission();
    }

    /** What the current user may do with it now. */
    public List<StagingOperation> getOperations() {
        return StagingOperation.offeredFor(staging);
    }

    /** What can’t be done now, with a sentence that says why. */
    public Map<StagingOperation, String> getUnavailable() {
        return StagingOperation.unavailableFor(staging);
    }
}
