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
 * Finds the project that a Pipeline means. A path is looked for in the Pipeline’s folder, then in the one around it, and so
 * on: a multibranch project counts as a folder, and its branches should find what stands beside it.
 */
@ModuleInternal
public final class ProjectLookup {

    private ProjectLookup() {}

    /**
     * @param path relative or absolute
     * @param requester from where
     * @throws RefusalException if there is none that the current user may see, and that the requester may use
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
     * Returns the projects that the current user may see and the path can mean, the nearest first, whether or not the requester
     * may use them.
     *
     * @param path relative or absolute; null for none
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
            return null; // The user may know that there is something, but not what.
        }
    }
}
