package io.jenkins.plugins.octopod.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import org.kohsuke.stapler.DataBoundConstructor;

/** Pipeline step that removes an archived staging with all its data. */
public final class OctopodCleanupStep extends AbstractActionStep {

    @DataBoundConstructor
    public OctopodCleanupStep(String project, String name) {
        super(project, name);
    }

    @Override
    Kind kind() {
        return Kind.CLEANUP;
    }

    @Extension
    public static final class DescriptorImpl extends AbstractStagingStepDescriptor {

        @Override
        public String getFunctionName() {
            return "octopodCleanup";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.OctopodCleanupStep_displayName();
        }
    }
}
