package io.jenkins.plugins.octopod.dashboard;

import hudson.Extension;
import hudson.model.View;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectViewFactory;

/** Makes the table of stagings the primary view of projects. */
@Extension
public class StagingsViewFactory implements ProjectViewFactory {

    @Override
    public View createPrimaryView(OctopodProject project) {
        return new StagingsView(Messages.StagingsView_defaultName(), project);
    }
}
