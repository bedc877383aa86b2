package io.jenkins.plugins.octopod.pipeline;

import hudson.Extension;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import org.kohsuke.stapler.DataBoundConstructor;

/** Pipeline step that restores an archived staging. */
public final class OctopodRestoreStep extends AbstractActionStep {

    @DataBoundConstructor
    public OctopodRestoreStep(String project, String name) {
        super(Kind.RESTORE, project, name);
    }

    @Extension
    public static final class DescriptorImpl extends AbstractStagingStepDescriptor {

        public DescriptorImpl() {
            super("octopodRestore", Messages._OctopodRestoreStep_displayName());
        }
    }
}
