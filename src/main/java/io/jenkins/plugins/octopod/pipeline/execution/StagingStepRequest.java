package io.jenkins.plugins.octopod.pipeline.execution;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;

/**
 * Parameters of a Pipeline step that requests an action on a staging.
 *
 * @param projectPath path of the project, relative to the folder of the Pipeline
 * @param name name of the staging, or of a branch
 */
@ModuleInternal
public record StagingStepRequest(
        String projectPath, String name, Kind kind, StagingOverrides overrides, StepOptions options) {

    /** Returns whether a check is published in the pull request. Only a deployment has one. */
    public boolean isPublishingChecks() {
        return options.publishingChecks() && (kind == Kind.DEPLOY || kind == Kind.DEPLOY_EXACTLY);
    }
}
