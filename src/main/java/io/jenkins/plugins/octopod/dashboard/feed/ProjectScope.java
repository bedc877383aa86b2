package io.jenkins.plugins.octopod.dashboard.feed;

import hudson.model.ItemGroup;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.journal.ProjectIndex;
import java.util.List;
import java.util.Optional;

/**
 * Projects whose stagings a page shows.
 *
 * @param group a single project, or a group that contains projects
 */
public record ProjectScope(ItemGroup<?> group) {

    /** Returns the projects that the current user can see, sorted by full name. */
    public List<OctopodProject> projects() {
        return group instanceof OctopodProject project
                ? List.of(project)
                : ProjectIndex.get().visibleIn(group);
    }

    /** Returns the stagings of these projects that the current user can see. */
    public List<Staging> stagings() {
        return projects().stream()
                .flatMap(project -> project.visibleChildren(Staging.class))
                .toList();
    }

    /** Returns the staging with the full name, even if the current user can’t see it. */
    static Optional<Staging> find(List<OctopodProject> projects, String fullName) {
        return projects.stream()
                .filter(project -> isOf(project, fullName))
                .map(project -> project.childOrNull(fullName.substring(fullName.lastIndexOf('/') + 1)))
                .filter(Staging.class::isInstance)
                .map(Staging.class::cast)
                .findFirst();
    }

    /** Returns whether a staging with the full name would be in one of the projects. */
    static boolean isOfOne(List<OctopodProject> projects, String fullName) {
        return projects.stream().anyMatch(project -> isOf(project, fullName));
    }

    private static boolean isOf(OctopodProject project, String fullName) {
        return project.getFullName().equals(fullName.substring(0, Math.max(0, fullName.lastIndexOf('/'))));
    }
}
