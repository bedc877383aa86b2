package io.jenkins.plugins.octopod.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** What steps do while something else is at work on their staging. */
@WithSharedJenkins
class WhenBusyTest {

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private TestProject demo;
    private Pipelines pipelines;
    private ScriptDirectory scripts;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        scripts.with(
                ControlScript.UPDATE,
                "echo updating; while [ -e '" + scripts.file("hold") + "' ]; do sleep 0.1; done; touch '"
                        + scripts.file("state") + "'");
        demo = TestProject.withScripts(rule, scripts.path());
        demo.connectAgent("agent");
        pipelines = new Pipelines(rule);
        demo.finished(demo.submit(Kind.CREATE, "a1"));
    }

    /** An update that somebody else has asked for, and that goes on until {@link #release}. */
    private StagingRun held() throws Exception {
        Files.createFile(scripts.file("hold"));
        return demo.printing(demo.submit(Kind.UPDATE, "a1"), "updating");
    }

    private void release() throws Exception {
        Files.delete(scripts.file("hold"));
    }

    private WorkflowRun start(WorkflowJob job) throws Exception {
        return job.scheduleBuild2(0).waitForStart();
    }

    @Test
    void waitsAndSaysForWhat() throws Exception {
        StagingRun other = held();
        WorkflowRun run = start(pipelines.job("octopodDeploy project: 'demo', name: 'a1', appOverrides: [A: 1]"));
        jenkins.waitForMessage("This step waits for its turn.", run);
        jenkins.assertLogContains(
                "The staging demo » a1 is being updated by " + other.getFullDisplayName() + ". This step waits", run);
        release();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals(Result.SUCCESS, other.getResult());
        assertEquals("1", demo.staging("a1").getApplicationOverrides().asMap().get("A"));
        assertEquals(1, Pipelines.occurrences("waits for its turn", run));
    }

    @Test
    void fails() throws Exception {
        StagingRun other = held();
        WorkflowRun run = pipelines.fails("octopodDeploy project: 'demo', name: 'a1', whenBusy: 'fail'");
        jenkins.assertLogContains("ERROR: The staging “a1” is being updated: wait for run #2 to end", run);
        assertTrue(other.isBuilding());
        release();
    }

    @Test
    void aborts() throws Exception {
        StagingRun other = held();
        WorkflowRun run = jenkins.buildAndAssertSuccess(pipelines.job("""
                octopodArchive project: 'demo', name: 'a1', whenBusy: 'abort'
                """));
        jenkins.assertLogContains("Aborting " + other.getFullDisplayName() + ", because", run);
        assertEquals(Result.ABORTED, other.getResult());
        release();
    }

    @Test
    void abortsOnlyWithPermission() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("builder"));
        WorkflowJob job = pipelines.job("octopodArchive project: 'demo', name: 'a1', whenBusy: 'abort'");
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate(
                                job.getFullName(), User.getById("builder", true).impersonate2()));
        StagingRun other = held();
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("ERROR: builder is missing the Job/Cancel permission", run);
        assertTrue(other.isBuilding());
        release();
    }

    @Test
    void unknownWord() throws Exception {
        WorkflowRun run = pipelines.fails("octopodCleanup project: 'demo', name: 'a1', whenBusy: 'later'");
        jenkins.assertLogContains(
                "ERROR: “later” isn’t a value of whenBusy. The values are “wait”, “fail”, “abort”.", run);
    }

    @Test
    void stoppedWhileItWaits() throws Exception {
        StagingRun other = held();
        WorkflowRun stopped = start(pipelines.job("octopodArchive project: 'demo', name: 'a1'"));
        WorkflowRun late = start(pipelines.job("""
                timeout(time: 1, unit: 'SECONDS') { octopodArchive project: 'demo', name: 'a1' }
                """));
        jenkins.waitForMessage("waits for its turn", stopped);
        stopped.getExecutor().interrupt(Result.ABORTED);
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(stopped));
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(late));
        release();
        Staging staging = demo.staging("a1");
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
        assertEquals(Result.SUCCESS, other.getResult());
        assertEquals(2, staging.getBuilds().size(), "nothing is left of the steps");
    }

    /** The request is accepted after that, as its config_check was under way. */
    @Test
    void stoppedBeforeItIsAcceptedWithoutWaiting() throws Exception {
        Path asked = scripts.file("asked");
        Path go = scripts.file("go");
        scripts.with(
                ControlScript.CONFIG_CHECK, "touch '" + asked + "'; while [ ! -e '" + go + "' ]; do sleep 0.1; done");
        Files.createFile(scripts.file("hold"));
        WorkflowRun run = start(pipelines.job("octopodDeploy project: 'demo', name: 'a1', wait: false"));
        TestProject.await("config_check", () -> Files.exists(asked) ? true : null);
        run.getExecutor().interrupt(Result.ABORTED);
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        Staging staging = demo.staging("a1");
        assertNull(staging.observedState().reason());
        Files.createFile(go);
        TestProject.await(
                "the request to be cancelled",
                () -> staging.isBusy() || staging.observedState().reason() == null ? null : true);
        release();
    }

    @Test
    void newestOfAJobWaits() throws Exception {
        held();
        WorkflowJob job = pipelines.job("""
                parallel one: {
                    octopodDeploy project: 'demo', name: 'a1', appOverrides: [ONE: env.BUILD_NUMBER]
                }, two: {
                    octopodDeploy project: 'demo', name: 'a1', appOverrides: [TWO: env.BUILD_NUMBER]
                }
                """);
        WorkflowRun other = start(pipelines.job("octopodDeploy project: 'demo', name: 'a1', appOverrides: [OTHER: 1]"));
        jenkins.waitForMessage("waits for its turn", other);
        WorkflowRun older = start(job);
        TestProject.await(
                "both steps to wait", () -> Pipelines.occurrences("waits for its turn", older) == 2 ? true : null);
        WorkflowRun newer = start(job);
        jenkins.assertBuildStatus(Result.NOT_BUILT, jenkins.waitForCompletion(older));
        jenkins.assertLogContains(
                "Superseded by " + newer.getFullDisplayName() + ", which also waits for the staging a1.", older);
        assertTrue(newer.isBuilding());
        release();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(newer));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(other));
        var overrides = demo.staging("a1").getApplicationOverrides().asMap();
        assertEquals("2", overrides.get("ONE"));
        assertEquals("2", overrides.get("TWO"));
        assertEquals("1", overrides.get("OTHER"));
    }

    @Test
    void olderThatComesLaterIsSuperseded() throws Exception {
        Path holdCreate = Files.createFile(scripts.file("hold-create"));
        scripts.with(ControlScript.CREATE, "echo creating; while [ -e '" + holdCreate + "' ]; do sleep 0.1; done");
        held();
        demo.connectAgent("second");
        WorkflowJob job = pipelines.job("""
                if (env.BUILD_NUMBER == '1') { octopodDeploy project: 'demo', name: 'b1' }
                octopodDeploy project: 'demo', name: 'a1'
                """);
        WorkflowRun older = start(job);
        jenkins.waitForMessage("creating", older);
        WorkflowRun newer = start(job);
        jenkins.waitForMessage("waits for its turn", newer);
        Files.delete(holdCreate);
        jenkins.assertBuildStatus(Result.NOT_BUILT, jenkins.waitForCompletion(older));
        jenkins.assertLogContains("Superseded by " + newer.getFullDisplayName(), older);
        release();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(newer));
    }

    @Test
    void notWaitedForButAccepted() throws Exception {
        held();
        WorkflowRun run = start(pipelines.job("octopodArchive project: 'demo', name: 'a1', wait: false"));
        jenkins.waitForMessage("waits for its turn", run);
        assertTrue(run.isBuilding());
        release();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        TestProject.await(
                "the staging to be archived",
                () -> demo.staging("a1").getStatus().isArchived() ? true : null);
    }

    @Test
    void deployedAgainAfterCleanup() throws Exception {
        demo.finished(demo.submit(Kind.ARCHIVE, "a1"));
        Files.createFile(scripts.file("hold"));
        scripts.with(
                ControlScript.CLEANUP,
                "echo cleaning; while [ -e '" + scripts.file("hold") + "' ]; do sleep 0.1; done");
        AcceptedRequest cleanup = demo.submit(Kind.CLEANUP, "a1");
        demo.printing(cleanup, "cleaning");
        WorkflowRun run = start(pipelines.job("octopodDeploy project: 'demo', name: 'a1', appOverrides: [A: 1]"));
        jenkins.waitForMessage("is being cleaned up by", run);
        release();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals(1, demo.staging("a1").getLastBuild().getNumber(), "a new staging");
        assertNull(demo.staging("a1").observedState().pending());
    }
}
