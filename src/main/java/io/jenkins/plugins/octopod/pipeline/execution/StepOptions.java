package io.jenkins.plugins.octopod.pipeline.execution;

import io.jenkins.plugins.octopod.ModuleInternal;

/**
 * Parameters of a Pipeline step that don’t change the requested action.
 *
 * @param waiting whether the step waits for the run
 * @param publishingChecks whether a check is published in the pull request, if the project allows it
 */
@ModuleInternal
public record StepOptions(boolean waiting, WhenBusy whenBusy, boolean publishingChecks) {}
