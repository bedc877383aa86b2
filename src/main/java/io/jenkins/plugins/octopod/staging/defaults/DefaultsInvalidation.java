package io.jenkins.plugins.octopod.staging.defaults;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.computed.ComputedFolder;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Item;
import hudson.model.Node;
import hudson.model.Saveable;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.scripts.ControlScripts;
import java.util.function.Predicate;
import jenkins.model.Jenkins;
import jenkins.model.NodeListener;

/** Listeners that invalidate results of {@link DefaultsService} when settings change that can affect them. */
final class DefaultsInvalidation {

    private DefaultsInvalidation() {}

    /** Invalidates results, unless Jenkins is starting and has none. */
    private static void invalidate(Predicate<DefaultsQuery> which) {
        ExtensionList.lookup(DefaultsService.class).stream()
                .findFirst()
                .ifPresent(service -> service.invalidate(which));
    }

    /** Invalidates the results of a project. */
    private static void invalidate(OctopodProject project) {
        invalidate(defaultsQuery -> defaultsQuery.project().equals(project.getFullName()));
    }

    /** Invalidates the results of all projects in a folder, at any depth. */
    private static void invalidateBelow(AbstractFolder<?> folder) {
        invalidate(defaultsQuery -> defaultsQuery.project().startsWith(folder.getFullName() + '/'));
    }

    private static void invalidateAll() {
        invalidate(defaultsQuery -> true);
    }

    /**
     * Invalidates results when projects, tools, settings of all agents, or credentials in Jenkins or a folder are
     * saved. A default that has become a secret is then refused when its script is run again. A computed folder is
     * ignored, because it is saved at each indexing and contains no project.
     */
    @Extension
    public static final class Saved extends SaveableListener {
        @Override
        public void onChange(Saveable saved, XmlFile file) {
            if (saved instanceof OctopodProject project) {
                invalidate(project);
            } else if (saved instanceof AbstractFolder<?> folder && !(saved instanceof ComputedFolder)) {
                invalidateBelow(folder);
            } else if (saved instanceof ControlScripts.DescriptorImpl
                    || saved instanceof Jenkins
                    || saved instanceof SystemCredentialsProvider) {
                invalidateAll();
            }
        }
    }

    /** Invalidates results when a project is renamed, moved or deleted. */
    @Extension
    public static final class Moved extends ItemListener {
        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            if (item instanceof OctopodProject) {
                invalidateAll();
            }
        }

        @Override
        public void onDeleted(Item item) {
            if (item instanceof OctopodProject project) {
                invalidate(project);
            }
        }
    }

    /**
     * Invalidates all results when an agent is changed, because an agent may have the tool in its own place, or its own
     * variables.
     */
    @Extension
    public static final class Reconfigured extends NodeListener {
        @Override
        protected void onUpdated(@NonNull Node before, @NonNull Node after) {
            invalidateAll();
        }
    }
}
