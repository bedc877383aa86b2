package io.jenkins.plugins.octopod.dashboard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Queue;
import hudson.model.User;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.ImportNote;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.StagingRecord;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.util.List;
import java.util.Map;

/** What a page shows of a staging, all of one moment. Reads no file, but for a busy staging’s newest run. */
public class StagingSummary {

    private final Staging staging;
    private final StagingRecord record;

    public StagingSummary(Staging staging) {
        this.staging = staging;
        this.record = staging.record();
    }

    public Staging getStaging() {
        return staging;
    }

    public String getName() {
        return staging.getName();
    }

    /** What the name was made from; null where that is the name. */
    @CheckForNull
    public String getBranch() {
        return staging.getName().equals(staging.getBranch()) ? null : staging.getBranch();
    }

    public StatusLook getStatus() {
        return StatusLook.of(record);
    }

    public Moment getSince() {
        return new Moment(record.since());
    }

    /** Why it has that status; null where there is nothing to say. */
    @CheckForNull
    public String getReason() {
        return Util.fixEmptyAndTrim(record.reason());
    }

    /** Whether the reason is one to be alarmed about. */
    public boolean isFailing() {
        return record.status().isFailure() || record.status() == Status.CleanupFailed;
    }

    public List<StagingLink> getLinks() {
        return record.links();
    }

    public Moment getCreated() {
        return new Moment(staging.createdAt());
    }

    public Moment getChanged() {
        return new Moment(staging.changedAt());
    }

    /** As people call them; null where it isn’t known. */
    @CheckForNull
    public String getCreatedBy() {
        return personName(staging.getCreatedBy());
    }

    /** As people call them; null where it isn’t known. */
    @CheckForNull
    public String getChangedBy() {
        return personName(staging.getChangedBy());
    }

    /** When it was taken over from elsewhere; null where it was created here. */
    @CheckForNull
    public Moment getImported() {
        ImportNote imported = staging.imported();
        return imported == null ? null : new Moment(imported.at());
    }

    /** As people call them; null where it isn’t known, or it was created here. */
    @CheckForNull
    public String getImportedBy() {
        ImportNote imported = staging.imported();
        return imported == null ? null : personName(imported.by());
    }

    private static String personName(String id) {
        User user = id == null ? null : User.getById(id, false);
        return user == null ? id : user.getDisplayName();
    }

    public boolean isBusy() {
        return record.pending() != null;
    }

    /** The run that is at it; null where none is yet. */
    @CheckForNull
    public StagingRun getRun() {
        return isBusy() ? staging.unfinishedRun() : null;
    }

    /** Since when that run is at it; null where there is none. */
    @CheckForNull
    public Moment getRunStarted() {
        StagingRun run = getRun();
        return run == null ? null : new RunSummary(run).getStarted();
    }

    /** Why what is going on hasn’t begun; null where it has, or nobody knows. */
    @CheckForNull
    public String getWaitingFor() {
        Queue.Item item = isBusy() ? Queue.getInstance().getItem(staging) : null;
        return item == null ? null : Util.fixEmptyAndTrim(item.getWhy());
    }

    /** Whether the current user may read the logs of its runs. */
    public boolean isLogReadable() {
        return staging.hasPermission(StagingPermissions.LOG);
    }

    public boolean isAbortable() {
        return isBusy() && staging.hasAbortPermission();
    }

    /** What the current user may do with it now. */
    public List<Operation> getOperations() {
        return Operation.offeredFor(staging);
    }

    /** What can’t be done now, with a sentence that says why. */
    public Map<Operation, String> getUnavailable() {
        return Operation.unavailableFor(staging);
    }
}
