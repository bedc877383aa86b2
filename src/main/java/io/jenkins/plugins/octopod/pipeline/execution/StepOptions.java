package io.jenkins.plugins.octopod.pipeline.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;

/**
 * Parameters of a Pipeline step that don’t change the requested action.
 *
 * @param waiting whether the step waits for the run
 * @param publishingChecks whether a check is published in the pull request, if the project allows it
 * @param note note that the staging gets when the request is accepted; empty to remove the note; {@code null} to keep it
 */
@ModuleInternal
public record StepOptions(
        boolean waiting,
        WhenBusy whenBusy,
        boolean publishingChecks,
        @CheckForNull String note) {}
