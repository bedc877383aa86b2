package io.jenkins.plugins.octopod.staging.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.journal.ProjectIndex;
import io.jenkins.plugins.octopod.staging.support.ItemVisibility;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The staging of a build’s action as the current user may see it now. Reads no file. */
@Restricted(NoExternalUse.class)
public final class RecordedStaging {

    @CheckForNull
    private final Staging staging;

    private final boolean visible;
    private final boolean ofMissingProject;

    private RecordedStaging(@CheckForNull Staging staging, boolean visible, boolean ofMissingProject) {
        this.staging = staging;
        this.visible = visible;
        this.ofMissingProject = ofMissingProject;
    }

    /** Finds the staging, also if its project was renamed or moved since. */
    public static RecordedStaging of(BuildAction action) {
        OctopodProject project = project(action.project());
        Staging staging = find(project, action);
        if (staging == null) {
            staging = ProjectIndex.get().all().stream()
                    .map(each -> find(each, action))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        if (staging != null) {
            return new RecordedStaging(staging, ItemVisibility.isVisible(staging), false);
        }
        // Permissions can depend on the name of a staging. They are asked of a staging that never gets stored.
        return new RecordedStaging(
                null,
                project != null && ItemVisibility.isVisible(new Staging(project, new StagingName(action.name()))),
                project == null);
    }

    @CheckForNull
    private static OctopodProject project(String fullName) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return Jenkins.get().getItemByFullName(fullName, OctopodProject.class);
        }
    }

    @CheckForNull
    private static Staging find(@CheckForNull OctopodProject project, BuildAction action) {
        return project != null
                        && project.childOrNull(action.name()) instanceof Staging staging
                        && staging.createdAt().toEpochMilli() == action.createdAt()
                ? staging
                : null;
    }

    /** Returns the staging; null if it was deleted. */
    @CheckForNull
    public Staging staging() {
        return staging;
    }

    /** Returns whether the current user may see the staging, or could if it were not deleted. */
    public boolean isVisible() {
        return visible;
    }

    /**
     * Returns whether the staging was deleted, and no project has the name that its project had. Its permissions can no
     * longer be asked, so it isn’t visible.
     */
    public boolean isOfMissingProject() {
        return ofMissingProject;
    }
}
