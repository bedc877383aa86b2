package io.jenkins.plugins.octopod.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import org.kohsuke.stapler.DataBoundConstructor;

/** Pipeline step that restores an archived staging. */
public final class OctopodRestoreStep extends AbstractActionStep {

    @DataBoundConstructor
    public OctopodRestoreStep(String project, String name) {
        super(project, name);
    }

    @Override
    Kind kind() {
        return Kind.RESTORE;
    }

    @Extension
    public static final class DescriptorImpl extends AbstractStagingStepDescriptor {

        @Override
        public String getFunctionName() {
            return "octopodRestore";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.OctopodRestoreStep_displayName();
        }
    }
}
