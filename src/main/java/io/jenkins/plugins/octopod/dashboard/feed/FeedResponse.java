package io.jenkins.plugins.octopod.dashboard.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import hudson.model.Item;
import hudson.model.TopLevelItem;
import hudson.security.ACL;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.journal.ChangeJournal;
import io.jenkins.plugins.octopod.staging.journal.ChangeVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Response of the feed of stagings.
 *
 * @param version version to send with the next request
 * @param now Jenkins’ time in milliseconds since 1970, from which pages compute how long ago something was
 * @param complete whether the response contains all stagings, and not only those that have changed
 * @param viewer id of the current user, or {@code null} if the user is anonymous
 * @param gone full names of stagings that must not be shown any more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FeedResponse(
        String version,
        long now,
        boolean complete,
        String viewer,
        List<ProjectRow> projects,
        List<StagingRow> stagings,
        List<String> gone) {

    /** What the current user gets who has that version; all of it where that can’t be told. */
    static FeedResponse since(ChangeVersion then, ChangeVersion now, ProjectScope scope) {
        Optional<Set<String>> changed =
                now.isComparableTo(then) ? ChangeJournal.get().changedSince(then.journal()) : Optional.empty();
        List<OctopodProject> projects = scope.projects();
        RowCollector rows = new RowCollector();
        changed.ifPresentOrElse(names -> rows.addChanged(projects, names), () -> rows.addAll(projects));
        return new FeedResponse(
                now.toString(),
                System.currentTimeMillis(),
                changed.isEmpty(),
                ACL.isAnonymous2(rows.viewer) ? null : rows.viewer.getName(),
                projects.stream().map(ProjectRow::of).toList(),
                rows.stagings,
                rows.gone);
    }

    /** Collects what one viewer may see. */
    private static final class RowCollector {

        private final Authentication viewer = Jenkins.getAuthentication2();
        private final UserDirectory userDirectory = new UserDirectory();
        private final List<StagingRow> stagings = new ArrayList<>();
        private final List<String> gone = new ArrayList<>();

        void addAll(List<OctopodProject> projects) {
            for (OctopodProject project : projects) {
                for (TopLevelItem child : project.children()) {
                    if (child instanceof Staging staging) {
                        addIfVisible(staging);
                    }
                }
            }
        }

        void addChanged(List<OctopodProject> projects, Set<String> names) {
            for (String name : names) {
                Optional<Staging> staging = ProjectScope.find(projects, name);
                staging.ifPresent(this::addIfVisible);
                // Of other projects, and of those whom the viewer may not see, not even the name is told.
                if (staging.isEmpty() && ProjectScope.isOfOne(projects, name)) {
                    gone.add(name);
                }
            }
        }

        private void addIfVisible(Staging staging) {
            ACL acl = staging.getACL();
            if (acl.hasPermission2(viewer, Item.READ)) {
                stagings.add(StagingRow.of(staging, acl, viewer, userDirectory));
            }
        }
    }
}
