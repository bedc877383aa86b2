package io.jenkins.plugins.octopod.pipeline;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.pipeline.value.ProjectLookup;
import io.jenkins.plugins.octopod.pipeline.value.ResolvedStagingName;
import io.jenkins.plugins.octopod.pipeline.value.StagingStepResult;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** Pipeline step that returns the known state of a staging, without running a script. */
public final class OctopodStatusStep extends AbstractStagingStep {

    @DataBoundConstructor
    public OctopodStatusStep(String project, String name) {
        super(project, name);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, getProject(), getName());
    }

    /** Reads memory only, so it can run on the Pipeline’s own thread. */
    private static final class Execution extends SynchronousStepExecution<Map<String, Object>> {

        private static final long serialVersionUID = 1L;

        private final String projectPath;
        private final String name;

        Execution(StepContext context, String projectPath, String name) {
            super(context);
            this.projectPath = projectPath;
            this.name = name;
        }

        @Override
        protected Map<String, Object> run() throws Exception {
            try {
                Run<?, ?> pipelineRun = getContext().get(Run.class);
                OctopodProject project = ProjectLookup.find(projectPath, pipelineRun.getParent());
                ResolvedStagingName wanted = ResolvedStagingName.of(name, project);
                return StagingService.find(project, wanted.value())
                        .map(StagingStepResult::of)
                        .orElseGet(() -> StagingStepResult.absent(project.getFullName(), wanted.value()));
            } catch (RefusalException e) {
                throw new AbortException(e.getMessage());
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends AbstractStagingStepDescriptor {

        public DescriptorImpl() {
            super("octopodStatus", Messages._OctopodStatusStep_displayName());
        }
    }
}
