package io.jenkins.plugins.octopod.pipeline;

import hudson.Extension;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import org.kohsuke.stapler.DataBoundConstructor;

/** Pipeline step that archives a staging: it stops running, and keeps its data. */
public final class OctopodArchiveStep extends AbstractActionStep {

    @DataBoundConstructor
    public OctopodArchiveStep(String project, String name) {
        super(Kind.ARCHIVE, project, name);
    }

    @Extension
    public static final class DescriptorImpl extends AbstractStagingStepDescriptor {

        public DescriptorImpl() {
            super("octopodArchive", Messages._OctopodArchiveStep_displayName());
        }
    }
}
