package io.jenkins.plugins.octopod.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import org.kohsuke.stapler.DataBoundConstructor;

/** Pipeline step that archives a staging: it stops running, and keeps its data. */
public final class OctopodArchiveStep extends AbstractActionStep {

    @DataBoundConstructor
    public OctopodArchiveStep(String project, String name) {
        super(project, name);
    }

    @Override
    Kind kind() {
        return Kind.ARCHIVE;
    }

    @Extension
    public static final class DescriptorImpl extends AbstractStagingStepDescriptor {

        @Override
        public String getFunctionName() {
            return "octopodArchive";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.OctopodArchiveStep_displayName();
        }
    }
}
