package io.jenkins.plugins.octopod.project;

import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.Folder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.BulkChange;
import hudson.model.Descriptor.FormException;
import hudson.model.Items;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings that other packages and plugins add to projects as folder properties. Properties that a plain folder has as
 * well, such as credentials and permissions, are not settings of a project and are ignored here.
 */
final class ProjectPropertyList {

    private ProjectPropertyList() {}

    /** A list of its own. */
    static List<AbstractFolderProperty<?>> of(OctopodProject project) {
        List<AbstractFolderProperty<?>> found = new ArrayList<>();
        for (AbstractFolderProperty<?> property : project.getProperties()) {
            if (isSetting(property)) {
                found.add(property);
            }
        }
        return found;
    }

    /**
     * Refuses those that aren’t for projects, and for nothing but projects, and those that break a rule of their own. For that,
     * one that the project has already isn’t looked at: it stays what it is, and the plugin that it is for may be gone.
     *
     * @param project null for one that isn’t made yet
     */
    static void requireValid(@CheckForNull OctopodProject project, List<AbstractFolderProperty<?>> wanted)
            throws FormException {
        List<String> stored = project == null ? List.of() : written(of(project));
        for (AbstractFolderProperty<?> property : wanted) {
            if (!isSetting(property) || !property.getDescriptor().isApplicable(OctopodProject.class)) {
                throw new FormException(
                        Messages.ProjectPropertyList_notOfProjects(
                                property.getDescriptor().getDisplayName()),
                        "projectProperties");
            }
            if (property instanceof ValidatedProperty validated && !stored.contains(written(property))) {
                validated.requireValid();
            }
        }
    }

    /** Makes them the only ones that the project has, and stores that where it is different. */
    static void replace(OctopodProject project, List<AbstractFolderProperty<?>> wanted) throws IOException {
        List<AbstractFolderProperty<?>> before = of(project);
        if (written(before).equals(written(wanted))) {
            return;
        }
        BulkChange change = new BulkChange(project);
        try {
            project.getProperties().removeAll(before);
            for (AbstractFolderProperty<?> property : wanted) {
                project.addProperty(property);
            }
            change.commit();
        } finally {
            change.abort();
        }
    }

    private static boolean isSetting(AbstractFolderProperty<?> property) {
        return !property.getDescriptor().isApplicable(Folder.class);
    }

    /** Sorted: the form has an order of its own, and none means anything. */
    private static List<String> written(List<AbstractFolderProperty<?>> properties) {
        return properties.stream().map(ProjectPropertyList::written).sorted().toList();
    }

    private static String written(AbstractFolderProperty<?> property) {
        return Items.XSTREAM2.toXML(property);
    }
}
