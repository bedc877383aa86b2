package io.jenkins.plugins.octopod.project;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Items;
import io.jenkins.plugins.octopod.StoredName;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Registers the names under which a project is stored. */
@Restricted(NoExternalUse.class)
public final class ProjectXStream {

    private ProjectXStream() {}

    /** Registers the names before the first item is read. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void register() {
        StoredName.register(
                "octopod-project",
                OctopodProject.class,
                "io.jenkins.plugins.octopod.project.OctopodProject",
                Items.XSTREAM2);
        StoredName.register(
                "octopod-project-icon",
                ProjectIcon.class,
                "io.jenkins.plugins.octopod.project.ProjectIcon",
                Items.XSTREAM2);
    }
}
