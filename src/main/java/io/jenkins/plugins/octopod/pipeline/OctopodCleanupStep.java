package io.jenkins.plugins.octopod.pipeline;

import hudson.Extension;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import org.kohsuke.stapler.DataBoundConstructor;

/** Pipeline step that removes an archived staging with all its data. */
public final class OctopodCleanupStep extends AbstractActionStep {

    @DataBoundConstructor
    public OctopodCleanupStep(String project, String name) {
        super(Kind.CLEANUP, project, name);
    }

    @Extension
    public static final class DescriptorImpl extends AbstractStagingStepDescriptor {

        public DescriptorImpl() {
            super("octopodCleanup", Messages._OctopodCleanupStep_displayName());
        }
    }
}
