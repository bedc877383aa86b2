package io.jenkins.plugins.octopod.project;

import hudson.ExtensionPoint;
import hudson.model.View;

/** Creates the primary view of new projects. Without a factory, it is core’s list of all items. */
public interface ProjectViewFactory extends ExtensionPoint {

    View createPrimaryView(OctopodProject project);
}
