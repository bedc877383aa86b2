package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.ItemGroup;
import io.jenkins.plugins.octopod.staging.note.ExportedNote;
import io.jenkins.plugins.octopod.staging.note.Note;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import io.jenkins.plugins.octopod.staging.state.ExportedLink;
import io.jenkins.plugins.octopod.staging.state.ExportedOverride;
import io.jenkins.plugins.octopod.staging.state.ImportInfo;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.state.StartedScript;
import io.jenkins.plugins.octopod.staging.support.MessageDisclosure;
import java.time.Instant;
import java.util.List;
import org.kohsuke.stapler.export.Exported;

/**
 * Properties of a staging that {@code api/json} and {@code api/xml} show in a different form than the item has, or that
 * are derived from its state. Times are in milliseconds since 1970, as everywhere in Jenkins. Reads no file.
 */
public abstract class ExportedStaging extends LazyStagingJob {

    ExportedStaging(ItemGroup<?> parent, String name) {
        super(parent, name);
    }

    private Staging staging() {
        return (Staging) this;
    }

    @Exported(name = "links")
    public List<ExportedLink> getExportedLinks() {
        return staging().getLinks().stream().map(ExportedLink::new).toList();
    }

    @Exported(name = "applicationOverrides")
    public List<ExportedOverride> getExportedApplicationOverrides() {
        return ExportedOverride.listOf(staging().getApplicationOverrides());
    }

    @Exported(name = "deploymentOverrides")
    public List<ExportedOverride> getExportedDeploymentOverrides() {
        return ExportedOverride.listOf(staging().getDeploymentOverrides());
    }

    /** Returns since when the staging has had its status. */
    @Exported(name = "statusSince")
    public long getExportedStatusSince() {
        return staging().observedState().since().toEpochMilli();
    }

    /** Returns why the staging has its status, as a sentence; null if there is no reason. */
    @Exported(name = "statusReason")
    @CheckForNull
    public String getExportedStatusReason() {
        return staging().observedState().reason();
    }

    /** Returns whether the status might be outdated, because recent checks had no result that could be stored. */
    @Exported
    public boolean isStale() {
        return staging().checks().staleness() != null;
    }

    /** Returns since when the status has been stale; null if it is not stale. */
    @CheckForNull
    public Instant staleSince() {
        CheckState.Staleness staleness = staging().checks().staleness();
        return staleness == null ? null : staleness.since();
    }

    /** Returns why the status is stale, as a sentence that the current user may read; null if it is not stale. */
    @Exported
    @CheckForNull
    public String getStaleReason() {
        CheckState.Staleness staleness = staging().checks().staleness();
        return staleness == null ? null : MessageDisclosure.textOf(staging().getParent(), staleness.reason());
    }

    /** Returns whether it was archived by the project’s sleep schedule, which will also restore it. */
    @Exported
    public boolean isAsleep() {
        return staging().lifetimePolicy().isAsleep();
    }

    /** Returns whether a user has pinned the staging, see {@link LifetimeService#pin}. */
    @Exported
    public boolean isPinned() {
        return staging().lifetime().pin() != null;
    }

    /** Returns the note; null if there is none. */
    @Exported(name = "note")
    @CheckForNull
    public ExportedNote getExportedNote() {
        Note note = staging().note();
        return note == null ? null : new ExportedNote(note);
    }

    @Exported(name = "created")
    public long getExportedCreated() {
        return staging().createdAt().toEpochMilli();
    }

    /** Returns when a user or a Pipeline last requested a change. */
    @Exported(name = "changed")
    public long getExportedChanged() {
        return staging().changedAt().toEpochMilli();
    }

    /** Returns when the staging was imported; null if it was created here. */
    @Exported(name = "imported")
    @CheckForNull
    public Long getExportedImported() {
        ImportInfo imported = staging().imported();
        return imported == null ? null : imported.at().toEpochMilli();
    }

    /** Returns the id of the user who imported the staging; null if unknown, or if it was created here. */
    @Exported(name = "importedBy")
    @CheckForNull
    public String getExportedImportedBy() {
        ImportInfo imported = staging().imported();
        return imported == null ? null : imported.by();
    }

    /** Returns when Jenkins archives the staging unless it is deployed before; null for never, or if it is archived. */
    @Exported(name = "expires")
    @CheckForNull
    public Long getExportedExpires() {
        Instant expires = staging().expiresAt();
        return expires == null ? null : expires.toEpochMilli();
    }

    /**
     * Returns whether a script of an earlier run might still be running, because its agent could not report how it ended.
     * Until that is known, no other script is started for the staging.
     */
    @Exported
    public boolean isUnclear() {
        ObservedState state = staging().observedState();
        StartedScript started = state.startedScript();
        PendingAction pending = state.pending();
        if (started == null || pending == null || !pending.requestId().equals(started.requestId())) {
            return started != null;
        }
        // A run that can’t be loaded any more, for example after restoring a backup, is followed by a new run of the
        // same request.
        StagingRun unfinished = staging().unfinishedRun();
        return unfinished != null && unfinished.getNumber() != started.run();
    }
}
