package io.jenkins.plugins.octopod.project;

import hudson.model.TopLevelItem;

/** What an {@link OctopodProject} holds. */
public interface ProjectChild extends TopLevelItem {}
