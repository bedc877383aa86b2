package io.jenkins.plugins.octopod.pipeline.value;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
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
     * @throws RefusalException if there is none that the current user may see
     */
    public static OctopodProject find(@CheckForNull String path, Item requester) throws RefusalException {
        if (path == null) {
            throw new RefusalException(Reason.INVALID_INPUT, Messages.ProjectLookup_none());
        }
        OctopodProject found = path.startsWith(".") ? relative(path, requester) : nearest(path, requester);
        if (found == null) {
            throw new RefusalException(Reason.UNKNOWN, Messages.ProjectLookup_unknown(path));
        }
        return found;
    }

    @CheckForNull
    private static OctopodProject relative(String path, Item requester) {
        try {
            return Jenkins.get().getItem(path, requester, OctopodProject.class);
        } catch (AccessDeniedException e) {
            return null;
        }
    }

    @CheckForNull
    private static OctopodProject nearest(String path, Item requester) {
        boolean absolute = path.startsWith("/");
        ItemGroup<?> group = absolute ? Jenkins.get() : requester.getParent();
        while (group != null) {
            OctopodProject found = in(group, path);
            if (found != null) {
                return found;
            }
            group = group instanceof Item item ? item.getParent() : null;
        }
        return null;
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
