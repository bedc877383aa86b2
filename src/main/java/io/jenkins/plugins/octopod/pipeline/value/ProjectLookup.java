package io.jenkins.plugins.octopod.pipeline.value;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.request.BuildAccess;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/**
 * Finds the project for a path in a Pipeline. The path is looked up in the Pipeline’s folder, then in the surrounding
 * folder, and so on. A multibranch project counts as a folder, so that its branches find the projects next to it.
 */
@ModuleInternal
public final class ProjectLookup {

    private ProjectLookup() {}

    /**
     * Returns the nearest project.
     *
     * @param path relative or absolute path
     * @param requester job of the Pipeline
     * @throws RefusalException if there is no project that the current user can see and the requester may use
     */
    public static OctopodProject find(@CheckForNull String path, Item requester) throws RefusalException {
        if (path == null) {
            throw new RefusalException(Reason.INVALID_INPUT, Messages.ProjectLookup_none());
        }
        return candidates(path, requester).stream()
                .filter(project -> BuildAccess.isAllowed(project, requester))
                .findFirst()
                .orElseThrow(() -> BuildAccess.unknownProject(path));
    }

    /**
     * Returns the projects that the path can refer to and the current user can see, the nearest first, whether or not
     * the requester may use them.
     *
     * @param path relative or absolute path; null for none
     * @param requester job of the Pipeline
     */
    public static List<OctopodProject> candidates(@CheckForNull String path, Item requester) {
        if (path == null) {
            return List.of();
        }
        return path.startsWith(".") ? relative(path, requester) : around(path, requester);
    }

    private static List<OctopodProject> relative(String path, Item requester) {
        try {
            OctopodProject found = Jenkins.get().getItem(path, requester, OctopodProject.class);
            return found == null ? List.of() : List.of(found);
        } catch (AccessDeniedException e) {
            return List.of();
        }
    }

    private static List<OctopodProject> around(String path, Item requester) {
        List<OctopodProject> found = new ArrayList<>();
        ItemGroup<?> group = path.startsWith("/") ? Jenkins.get() : requester.getParent();
        while (group != null) {
            OctopodProject project = in(group, path);
            if (project != null) {
                found.add(project);
            }
            group = group instanceof Item item ? item.getParent() : null;
        }
        return found;
    }

    @CheckForNull
    private static OctopodProject in(ItemGroup<?> group, String path) {
        try {
            return Jenkins.get().getItemByFullName(group.getFullName() + '/' + path, OctopodProject.class);
        } catch (AccessDeniedException e) {
            return null; // The user may know that something exists, but not what it is.
        }
    }
}
