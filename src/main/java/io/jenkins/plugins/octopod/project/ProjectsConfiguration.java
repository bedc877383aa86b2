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
 * All projects as one setting for configuration as code, named {@code unclassified: octopodProjects:}. It stores
 * nothing itself, and has no form, because each project is stored as an item.
 */
@Extension
@Symbol("octopodProjects")
public final class ProjectsConfiguration extends GlobalConfiguration {

    /** Does nothing, because there is nothing to store. Configuration as Code calls it. */
    @Override
    public synchronized void save() {}

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.ProjectsConfiguration_displayName();
    }

    /** Returns the projects that the current user can see, with their settings, by name. */
    public List<ProjectDefinition> getProjects() {
        return Jenkins.get()
                .getAllItems(OctopodProject.class, project -> project.hasPermission(Item.EXTENDED_READ))
                .stream()
                .map(ProjectDefinition::of)
                .sorted(Comparator.comparing(ProjectDefinition::getName))
                .toList();
    }

    /**
     * Creates or updates the projects. Other projects stay unchanged, because the deletion of a project would lose its
     * stagings.
     *
     * @throws IllegalArgumentException if a project can’t be created; the message says why
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
