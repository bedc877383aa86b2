package io.jenkins.plugins.octopod.dashboard.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.dashboard.model.StagingSummary;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.AbsoluteUrl;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.state.ExportedLink;
import java.util.List;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A staging on the page of a build or job, and in its exported data: the staging’s state now. Reads no file. */
@ExportedBean(defaultVisibility = 3)
public abstract class StagingEntry {

    @CheckForNull
    private final Staging staging;

    /** @param staging staging that the current user may see; null if it was deleted */
    StagingEntry(@CheckForNull Staging staging) {
        this.staging = staging;
    }

    /** Returns the model of the staging; null if it was deleted. */
    @CheckForNull
    public StagingSummary getSummary() {
        return staging == null ? null : new StagingSummary(staging);
    }

    /** Returns what identifies the entry on the page. */
    public abstract String getKey();

    @Exported
    public abstract String getName();

    /** Returns the full name of the project. */
    @Exported
    public abstract String getProject();

    /** Returns whether the staging was deleted. */
    @Exported
    public boolean isDeleted() {
        return staging == null;
    }

    /** Returns the absolute URL of the staging; null if it was deleted. */
    @Exported
    @CheckForNull
    public String getUrl() {
        return staging == null ? null : AbsoluteUrl.of(staging.getUrl());
    }

    @Exported
    @CheckForNull
    public Status getStatus() {
        return staging == null ? null : staging.getStatus();
    }

    /** Returns why the staging has its status, as a sentence; null if there is no reason. */
    @Exported
    @CheckForNull
    public String getStatusReason() {
        return staging == null ? null : staging.observedState().reason();
    }

    /** Returns whether an action of any requester is waiting or running. */
    @Exported
    public boolean isBusy() {
        return staging != null && staging.isBusy();
    }

    @Exported
    public List<ExportedLink> getLinks() {
        return staging == null ? List.of() : staging.getExportedLinks();
    }

    /** Returns a sentence for screen readers that changes with the status. */
    public String getAnnouncement() {
        StagingSummary summary = getSummary();
        return Messages.StagingEntry_announced(
                getName(),
                summary == null
                        ? Messages.StagingEntry_deleted()
                        : summary.getStatus().word());
    }

    /** Returns a number that changes whenever the entry must be shown differently. */
    int fingerprint() {
        if (staging == null) {
            return getKey().hashCode();
        }
        StagingSummary summary = new StagingSummary(staging);
        return Objects.hash(
                getKey(),
                staging.getUrl(),
                summary.getStatus(),
                summary.getSince().getIso(),
                summary.getReason(),
                summary.getLinks());
    }
}
