package io.jenkins.plugins.octopod.staging;

import hudson.model.Action;

/**
 * An action whose web methods are answered right below a staging’s own address, such as {@code badge.svg}, and not below one
 * of the action’s. To be added by a {@link jenkins.model.TransientActionFactory} of this action type.
 */
public interface StagingUrlActions extends Action {}
