package io.jenkins.plugins.octopod.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Queue;
import hudson.model.Result;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.pipeline.execution.RequestCancellation;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Whoever aborts a Pipeline aborts what it has asked for. */
@WithSharedJenkins
class AbortedStepTest extends AbstractStepTest {

    @Test
    void runIsAborted() throws Exception {
        WorkflowRun run = pipelines.job("""
                pipeline {
                    agent none
                    stages {
                        stage('Deploy') {
                            steps {
                                octopodDeploy project: 'demo', name: 'aborted', deploymentOverrides: ['demo.delay': 600]
                            }
                        }
                    }
                    post {
                        aborted {
                            octopodArchive project: 'demo', name: 'aborted'
                            octopodCleanup project: 'demo', name: 'aborted'
                        }
                    }
                }
                """).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Pulling the image: second 1 of 600", run);
        assertTrue(isScriptRunning());
        StagingRun stagingRun = demo.staging("aborted").getLastBuild();

        run.getExecutor().interrupt(Result.ABORTED);

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(Result.ABORTED, stagingRun.getResult());
        String log = JenkinsRule.getLog(run);
        assertNull(demo.staging("aborted"), () -> "What was begun is waited for, archived and cleaned up: " + log);
        TestProject.await("the script to be killed", () -> isScriptRunning() ? null : true);
    }

    @Test
    void timeout() throws Exception {
        WorkflowRun run = pipelines.job("""
                timeout(time: 4, unit: 'SECONDS') {
                    octopodDeploy project: 'demo', name: 'slow', deploymentOverrides: ['demo.delay': 600]
                }
                """).scheduleBuild2(0).waitForStart();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        Staging staging = demo.staging("slow");
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
        assertEquals(Result.ABORTED, staging.getLastBuild().getResult());
    }

    @Test
    void queuedRunIsCancelled() throws Exception {
        Jenkins.get()
                .getNode("agent")
                .toComputer()
                .disconnect(OfflineCause.create(null))
                .get();
        WorkflowRun run = pipelines
                .job("octopodDeploy project: 'demo', name: 'queued'")
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("is in the queue", run);
        Staging staging = demo.staging("queued");

        run.getExecutor().interrupt(Result.ABORTED);

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
        assertNull(Queue.getInstance().getItem(staging));
        assertNull(staging.getLastBuild());
    }

    @Test
    void nothingIsWithdrawnFromADeletedProject() throws Exception {
        Jenkins.get()
                .getNode("agent")
                .toComputer()
                .disconnect(OfflineCause.create(null))
                .get();
        AcceptedRequest accepted = demo.submit(Kind.CREATE, "gone");
        RequestCancellation requestCancellation = new RequestCancellation(
                new StagingReference(accepted.staging())::find, accepted.requestId(), new InterruptedException());
        // As when a project is deleted, in the order that leaves the record as it was.
        demo.project.onDeleted(accepted.staging());
        Queue.getInstance().cancel(Queue.getInstance().getItem(accepted.staging()));
        assertTrue(RunLookup.isPending(accepted.staging(), accepted.requestId()), "its record says so for ever");
        assertTrue(requestCancellation.end(), "so nobody may wait for that");
    }

    private static boolean isScriptRunning() {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .anyMatch(command -> command.contains("scripts/create") && command.contains("--name aborted"));
    }
}
