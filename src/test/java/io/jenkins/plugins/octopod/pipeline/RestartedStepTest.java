package io.jenkins.plugins.octopod.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.Result;
import io.jenkins.plugins.octopod.fixtures.BusyStaging;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A Pipeline that waits for a staging when Jenkins restarts waits for it afterwards. */
@Tag("jenkins")
class RestartedStepTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path demoHome;

    private static WorkflowRun start(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = Pipelines.job(jenkins.createProject(WorkflowJob.class, "pipeline"), script);
        return job.scheduleBuild2(0).waitForStart();
    }

    private static WorkflowRun again(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("pipeline", WorkflowJob.class).getLastBuild();
    }

    @Test
    void scriptRunsOn() throws Throwable {
        sessions.then(jenkins -> {
            TestProject.demo(jenkins, demoHome);
            WorkflowRun run = start(jenkins, """
                    def s = octopodDeploy(project: 'demo', name: 'durable', deploymentOverrides: ['demo.delay': 8])
                    echo "then=${s.status} ${s.links.size()}"
                    """);
            jenkins.waitForMessage("Pulling the image: second 3 of 8", run);
        });
        sessions.then(jenkins -> {
            WorkflowRun run = again(jenkins);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertEquals("Running 2", Pipelines.printed("then=", run));
            for (int second = 1; second <= 8; second++) {
                assertEquals(1, Pipelines.occurrences("second " + second + " of 8", run), "second " + second);
            }
            assertEquals(1, Pipelines.occurrences("Staging run: ", run));
            assertEquals(1, Pipelines.occurrences("Staging durable is Running.", run));
            jenkins.assertLogContains("Jenkins was restarted. This run continues where it stopped.", run);
            Staging staging = TestProject.again(jenkins).staging("durable");
            assertEquals(1, staging.getBuilds().size());
        });
    }

    @Test
    void waitsForItsTurnAfterTheRestart() throws Throwable {
        sessions.then(jenkins -> {
            BusyStaging busy = BusyStaging.create(jenkins, demoHome);
            busy.held();
            WorkflowRun run =
                    start(jenkins, "octopodDeploy project: 'demo', name: 'a1', appOverrides: [A: 1], whenBusy: 'wait'");
            jenkins.waitForMessage("This step waits for its turn.", run);
        });
        sessions.then(jenkins -> {
            BusyStaging busy = BusyStaging.again(jenkins, demoHome);
            WorkflowRun run = again(jenkins);
            TestProject.await(
                    "the step to wait again",
                    () -> Pipelines.occurrences("This step waits for its turn.", run) == 2 ? true : null);
            busy.release();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertEquals("1", busy.staging().getApplicationOverrides().asMap().get("A"));
            assertEquals(3, busy.staging().getBuilds().size());
        });
    }

    @Test
    void abortedAfterTheRestart() throws Throwable {
        sessions.then(jenkins -> {
            TestProject.demo(jenkins, demoHome);
            WorkflowRun run = start(
                    jenkins,
                    "octopodDeploy project: 'demo', name: 'durable', deploymentOverrides: ['demo.delay': 600]");
            jenkins.waitForMessage("Pulling the image", run);
        });
        sessions.then(jenkins -> {
            WorkflowRun run = again(jenkins);
            jenkins.waitForMessage("Jenkins was restarted. This run continues where it stopped.", run);
            run.getExecutor().interrupt(Result.ABORTED);
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            Staging staging = TestProject.again(jenkins).staging("durable");
            TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
            assertEquals(Result.ABORTED, staging.getLastBuild().getResult());
        });
    }

    @Test
    void stillInTheQueue() throws Throwable {
        sessions.then(jenkins -> {
            TestProject demo = TestProject.demo(jenkins, demoHome);
            demo.project.getPipelineAccess().setCleanup(true);
            demo.project.save();
            Jenkins.get().getNode("agent").toComputer().setTemporarilyOffline(true, null);
            WorkflowRun run = start(jenkins, """
                    octopodDeploy project: 'demo', name: 'durable'
                    octopodArchive project: 'demo', name: 'durable'
                    octopodCleanup project: 'demo', name: 'durable'
                    """);
            jenkins.waitForMessage("is in the queue", run);
        });
        sessions.then(jenkins -> {
            Jenkins.get().getNode("agent").toComputer().setTemporarilyOffline(false, null);
            WorkflowRun run = again(jenkins);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("Staging durable is Running.", run);
            assertNull(TestProject.again(jenkins).staging("durable"));
        });
    }
}
