package io.jenkins.plugins.octopod.project;

import hudson.model.TopLevelItem;

/** Item that an {@link OctopodProject} can contain. */
public interface ProjectChild extends TopLevelItem {}
