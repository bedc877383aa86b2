package io.jenkins.plugins.octopod.dashboard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.RootAction;
import hudson.model.TopLevelItemDescriptor;
import io.jenkins.plugins.octopod.dashboard.feed.ProjectScope;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.extension.StagingsSubResource;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;

/**
 * Page “Stagings” in the header of every page, with the stagings of all projects that the user can see.
 * {@link StagingsLink} refers to it, too.
 */
@Extension
@Symbol("stagings")
public class StagingsRootAction implements RootAction {

    static final String URL = "stagings";

    @Override
    public String getIconFileName() {
        return "symbol-layers-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.StagingsRootAction_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Always shown in the header, because users keep the page open all day. */
    @Override
    public boolean isPrimaryAction() {
        return true;
    }

    public StagingsTableModel getBoard() {
        return new StagingsTableModel(new ProjectScope(Jenkins.get()));
    }

    /** Returns the resource of another package below this URL; {@code null}, so not found, if there is none. */
    @CheckForNull
    public StagingsSubResource getDynamic(String urlName) {
        return ExtensionList.lookup(StagingsSubResource.class).stream()
                .filter(subResource -> subResource.getUrlName().equals(urlName))
                .findFirst()
                .orElse(null);
    }

    /** Returns whether the current user could create a project if there is none. */
    public boolean isProjectCreatable() {
        TopLevelItemDescriptor descriptor = Jenkins.get().getDescriptorByType(OctopodProject.DescriptorImpl.class);
        return descriptor != null
                && Jenkins.get().getACL().hasCreatePermission2(Jenkins.getAuthentication2(), Jenkins.get(), descriptor);
    }
}
