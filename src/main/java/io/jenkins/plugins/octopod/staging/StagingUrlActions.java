package io.jenkins.plugins.octopod.staging;

import hudson.model.Action;

/**
 * Action whose web methods are served directly below the staging’s own URL, such as {@code badge.svg}, and not below a
 * URL of the action. A {@link jenkins.model.TransientActionFactory} of this action type must add it.
 */
public interface StagingUrlActions extends Action {}
