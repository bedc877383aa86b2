package io.jenkins.plugins.octopod.project;

import hudson.ExtensionPoint;
import hudson.model.View;

/** Makes the view that a new project opens with; without one it is core’s list of all items. */
public interface ProjectViewFactory extends ExtensionPoint {

    View createPrimaryView(OctopodProject project);
}
