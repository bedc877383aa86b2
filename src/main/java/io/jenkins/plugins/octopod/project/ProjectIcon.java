package io.jenkins.plugins.octopod.project;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.FolderIcon;
import com.cloudbees.hudson.plugins.folder.FolderIconDescriptor;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;

/** Icon that distinguishes projects from other folders. */
public class ProjectIcon extends FolderIcon {

    static final String SYMBOL = "symbol-layers-outline plugin-ionicons-api";

    @DataBoundConstructor
    public ProjectIcon() {}

    @Override
    public String getIconClassName() {
        return SYMBOL;
    }

    @Override
    public String getImageOf(String size) {
        return iconClassNameImageOf(size);
    }

    @Override
    public String getDescription() {
        return Messages.OctopodProject_displayName();
    }

    /** Descriptor of the icon, which is available for projects only. */
    @Extension
    public static class DescriptorImpl extends FolderIconDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.OctopodProject_displayName();
        }

        @Override
        public boolean isApplicable(Class<? extends AbstractFolder> folder) {
            return OctopodProject.class.isAssignableFrom(folder);
        }
    }
}
