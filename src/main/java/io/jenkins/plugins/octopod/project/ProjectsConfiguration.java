package io.jenkins.plugins.octopod.project;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;

/**
 * All projects as one setting, for configuration as code, which makes {@code unclassified: octopodProjects:} of it. It
 * keeps nothing itself, and has no part in a form: projects are where they are.
 */
@Extension
@Symbol("octopodProjects")
public final class ProjectsConfiguration extends GlobalConfiguration {

    /** Writes no file, as there is nothing to keep. Configuration as Code calls it. */
    @Override
    public synchronized void save() {}

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.ProjectsConfiguration_displayName();
    }

    /** Those that the current user may see, with their settings, by name. */
    public List<ProjectDefinition> getProjects() {
        return Jenkins.get()
                .getAllItems(OctopodProject.class, project -> project.hasPermission(Item.EXTENDED_READ))
                .stream()
                .map(ProjectDefinition::of)
                .sorted(Comparator.comparing(ProjectDefinition::getName))
                .toList();
    }

    /**
     * Makes them so. Projects that aren’t named stay as they are: deleting one means to lose what it has deployed.
     *
     * @throws IllegalArgumentException if there can’t be such a project; the message says why
     */
    public void setProjects(List<ProjectDefinition> projects) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        for (ProjectDefinition project : projects) {
            try {
                project.apply(Jenkins.get());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
