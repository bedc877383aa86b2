package io.jenkins.plugins.octopod.dashboard.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.dashboard.page.StagingOrigin;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;

/** A staging that a job has deployed last, and by which build. */
public final class JobStagingEntry extends StagingEntry {

    private final Staging staging;

    @CheckForNull
    private final StagingOrigin origin;

    JobStagingEntry(Staging staging) {
        super(staging);
        this.staging = staging;
        this.origin = StagingOrigin.of(staging);
    }

    @Override
    public String getKey() {
        return staging.getFullName();
    }

    @Override
    public String getName() {
        return staging.getName();
    }

    @Override
    public String getProject() {
        return staging.getParent().getFullName();
    }

    /** Returns the build; null if the job was deleted. */
    @CheckForNull
    public StagingOrigin getOrigin() {
        return origin;
    }

    /** Returns the number of the build that deployed the staging last; null if unknown. */
    @Exported
    @CheckForNull
    public Integer getBuild() {
        return origin == null || origin.getNumber() == 0 ? null : Integer.valueOf(origin.getNumber());
    }

    /** Returns whether the job has a newer build than the one that deployed the staging. */
    @Exported
    public boolean isOutdated() {
        return origin != null && origin.isOutdated();
    }

    @Override
    int fingerprint() {
        return Objects.hash(super.fingerprint(), origin == null ? 0 : origin.fingerprint());
    }
}
