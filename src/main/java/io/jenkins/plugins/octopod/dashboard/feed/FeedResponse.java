package io.jenkins.plugins.octopod.dashboard.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.security.ACL;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.journal.ChangeVersion;
import io.jenkins.plugins.octopod.staging.journal.ViewerChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Response of the feed of stagings.
 *
 * @param version version that the page sends with its next request
 * @param now Jenkins’ time in milliseconds since 1970, from which pages compute how long ago something was
 * @param complete whether the response contains all stagings, and not only those that have changed
 * @param viewer id of the current user; {@code null} if the user is anonymous
 * @param projects all projects of the page
 * @param stagings stagings that have changed, or all stagings
 * @param gone full names of stagings that the page must no longer show
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FeedResponse(
        String version,
        long now,
        boolean complete,
        @CheckForNull String viewer,
        List<ProjectRow> projects,
        List<StagingRow> stagings,
        List<String> gone) {

    /**
     * Returns the response for the current user.
     *
     * @param changed changes since the page’s version; empty for a complete response
     * @param now current version, which was determined before anything else is read
     */
    static FeedResponse of(Optional<ViewerChanges> changed, ChangeVersion now, ProjectScope scope) {
        List<OctopodProject> projects = scope.projects();
        RowCollector rows = new RowCollector();
        changed.ifPresentOrElse(changes -> rows.addChanged(projects, changes), () -> rows.addAll(projects));
        return new FeedResponse(
                now.toString(),
                System.currentTimeMillis(),
                changed.isEmpty(),
                ACL.isAnonymous2(rows.viewer) ? null : rows.viewer.getName(),
                projects.stream().map(ProjectRow::of).toList(),
                rows.stagings,
                rows.gone);
    }

    /** Collects the rows that one viewer can see. */
    private static final class RowCollector {

        private final Authentication viewer = Jenkins.getAuthentication2();
        private final UserDirectory userDirectory = new UserDirectory();
        private final List<StagingRow> stagings = new ArrayList<>();
        private final List<String> gone = new ArrayList<>();

        void addAll(List<OctopodProject> projects) {
            for (OctopodProject project : projects) {
                project.allChildren(Staging.class).forEach(this::addIfVisible);
            }
        }

        void addChanged(List<OctopodProject> projects, ViewerChanges changes) {
            for (String name : changes.stagings()) {
                boolean shown = ProjectScope.find(projects, name)
                        .map(this::addIfVisible)
                        .orElse(false);
                // Names of stagings in other projects, or of stagings that the viewer couldn’t see, are omitted.
                if (!shown && changes.isDeleted(name) && ProjectScope.isOfOne(projects, name)) {
                    gone.add(name);
                }
            }
        }

        private boolean addIfVisible(Staging staging) {
            ACL acl = staging.getACL();
            boolean visible = acl.hasPermission2(viewer, Item.READ);
            if (visible) {
                stagings.add(StagingRow.of(staging, acl, viewer, userDirectory));
            }
            return visible;
        }
    }
}
