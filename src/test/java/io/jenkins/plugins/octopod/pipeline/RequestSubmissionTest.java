package io.jenkins.plugins.octopod.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import hudson.model.TaskListener;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.pipeline.execution.RequestSubmission;
import io.jenkins.plugins.octopod.pipeline.execution.RequestSubmission.Attempt;
import io.jenkins.plugins.octopod.pipeline.execution.StagingStepRequest;
import io.jenkins.plugins.octopod.pipeline.execution.StepOptions;
import io.jenkins.plugins.octopod.pipeline.execution.WhenBusy;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What a Pipeline does that was stored before its request was accepted, and not after: a crash came between. */
@WithSharedJenkins
class RequestSubmissionTest {

    @TempDir
    private Path demoHome;

    @Test
    void acceptedOnce(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        WorkflowRun pipelineRun = new Pipelines(jenkins).succeeds("echo 'asking'");
        StagingStepRequest request = new StagingStepRequest(
                "demo",
                "feature/X",
                Kind.DEPLOY,
                StagingOverrides.NONE,
                new StepOptions(true, WhenBusy.WAIT, true, null));
        RequestSubmission requestSubmission =
                new RequestSubmission(request, "the-id", pipelineRun, TaskListener.NULL.getLogger(), null);

        Staging staging = requestSubmission.submit(Attempt.FIRST).staging();
        assertSame(staging, requestSubmission.submit(Attempt.REPEATED).staging(), "while it waits or runs");
        TestProject.await("the run to end", () -> staging.isBusy() ? null : true);
        assertSame(staging, requestSubmission.submit(Attempt.REPEATED).staging(), "when it is done");
        assertEquals(1, staging.getBuilds().size());
    }

    @Test
    void acceptedOnceAndNotWaitedFor(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        WorkflowRun pipelineRun = new Pipelines(jenkins).succeeds("echo 'asking'");
        StagingStepRequest request = new StagingStepRequest(
                "demo", "later", Kind.DEPLOY, StagingOverrides.NONE, new StepOptions(false, WhenBusy.WAIT, true, null));
        RequestSubmission requestSubmission =
                new RequestSubmission(request, "the-id", pipelineRun, TaskListener.NULL.getLogger(), null);

        for (Attempt attempt : Attempt.values()) {
            RequestSubmission.SubmissionResult submissionResult = requestSubmission.submit(attempt);
            assertEquals(demo.staging("later"), submissionResult.staging(), "what the step ends if it is stopped");
            assertNotNull(submissionResult.value(), "it is not waited for");
            assertFalse(submissionResult.retryLater());
        }
        Staging staging = demo.staging("later");
        TestProject.await("the run to end", () -> staging.isBusy() ? null : true);
        assertNotNull(requestSubmission.submit(Attempt.REPEATED).value(), "when it is done");
        assertEquals(1, staging.getBuilds().size());
    }
}
