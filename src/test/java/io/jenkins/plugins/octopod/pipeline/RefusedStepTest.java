package io.jenkins.plugins.octopod.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.User;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** What a step is refused, or what comes between: a sentence, and the step fails. */
@WithSharedJenkins
class RefusedStepTest extends AbstractStepTest {

    private void refuses(String sentence, String step) throws Exception {
        WorkflowRun run = pipelines.fails(step);
        jenkins.assertLogContains("ERROR: " + sentence, run);
        jenkins.assertLogNotContains("Exception", run);
    }

    @Test
    void badInput() throws Exception {
        refuses(
                "\"a b\" can't be an image tag",
                "octopodDeploy project: 'demo', name: 'bad', deploymentOverrides: ['image.tag': 'a b']");
        assertNull(demo.staging("bad"));
        refuses("There is no Octopod project “nowhere” that", "octopodDeploy project: 'nowhere', name: 'bad'");
        refuses("Select the Octopod project", "octopodStatus project: '', name: 'bad'");
        refuses("There is no branch name", "octopodDeploy project: 'demo', name: env.BRANCH_NAME");
        refuses(
                "The value of the override “image.tags” isn’t text",
                "octopodDeploy project: 'demo', name: 'bad', deploymentOverrides: [image: [tags: ['v1', 'v2']]]");
        refuses(
                "The override key “a=b” has",
                "octopodDeploy project: 'demo', name: 'bad', deploymentOverrides: ['a=b': 1]");
        refuses("There is no staging “bad” in project “demo”.", "octopodArchive project: 'demo', name: 'bad'");
        refuses("There is no staging “bad” in project “demo”.", "octopodRestore project: 'demo', name: 'bad'");
        WorkflowRun caught = pipelines.succeeds("""
                try {
                    octopodRestore project: 'demo', name: 'bad'
                } catch (e) {
                    echo "caught=${e.message}"
                }
                """);
        assertEquals("There is no staging “bad” in project “demo”.", Pipelines.printed("caught=", caught));
    }

    @Test
    void failingScripts() throws Exception {
        refuses(
                "“create” ended with exit code 1",
                "octopodDeploy project: 'demo', name: 'failing', deploymentOverrides: ['demo.fail': 'create']");
        assertEquals(Status.GenericFailure, demo.staging("failing").getStatus());
        demo.project.setStatusTimeout(2);
        refuses(
                "Staging failing isn’t running after 2 seconds",
                "octopodDeploy project: 'demo', name: 'failing', deploymentOverrides: ['demo.fail': 'check']");
        refuses("", "octopodCleanup project: 'demo', name: 'failing'");
        pipelines.succeeds("octopodArchive project: 'demo', name: 'failing'");
    }

    @Test
    void cleanupThatFailedIsTriedAgain() throws Exception {
        pipelines.succeeds("""
                octopodDeploy project: 'demo', name: 'stuck', deploymentOverrides: ['demo.fail': 'cleanup']
                octopodArchive project: 'demo', name: 'stuck'
                """);
        String away = "octopodArchive project: 'demo', name: 'stuck'; octopodCleanup project: 'demo', name: 'stuck'";
        for (int i = 0; i < 2; i++) {
            WorkflowRun run = pipelines.fails(away);
            jenkins.assertLogContains("The staging demo » stuck is archived already.", run);
            jenkins.assertLogContains("ERROR: “cleanup” ended with exit code 1", run);
            assertEquals(Status.CleanupFailed, demo.staging("stuck").getStatus());
        }
    }

    @Test
    void somebodyElseIsAtIt() throws Exception {
        AcceptedRequest other = StagingService.submit(StagingRequest.builder(demo.project, "busy", Kind.CREATE)
                .overrides(new StagingOverrides(Overrides.NONE, Overrides.parse("demo.delay=600")))
                .build());
        demo.printing(other, "Pulling the image");
        refuses("The staging “busy” is being created", "octopodDeploy project: 'demo', name: 'busy', whenBusy: 'fail'");
        TestProject.run(other).getExecutor().interrupt(Result.ABORTED);
        demo.finished(other);

        WorkflowJob job = pipelines.job(
                "octopodDeploy project: 'demo', name: 'stopped', deploymentOverrides: ['demo.delay': 60]");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Pulling the image", run);
        StagingRun stopped = demo.staging("stopped").getLastBuild();
        stopped.getExecutor().interrupt(Result.ABORTED);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("ERROR: " + stopped.getReason(), run);
    }

    @Test
    void waitingInTheQueue() throws Exception {
        DumbSlave agent = (DumbSlave) Jenkins.get().getNode("agent");
        agent.toComputer().disconnect(OfflineCause.create(null)).get();
        WorkflowJob job = pipelines.job("octopodDeploy project: 'demo', name: 'waiting'");

        WorkflowRun cancelled = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("The run of staging demo » waiting is in the queue: ", cancelled);
        Queue.getInstance().cancel(Queue.getInstance().getItem(demo.staging("waiting")));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(cancelled));
        jenkins.assertLogContains(
                "ERROR: " + demo.staging("waiting").observedState().reason(), cancelled);
        assertEquals(1, Pipelines.occurrences("is in the queue", cancelled));

        WorkflowRun deleted = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("is in the queue", deleted);
        demo.project.delete();
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(deleted));
        jenkins.assertLogContains("ERROR: The staging “demo/waiting” was deleted while", deleted);
    }

    @Test
    void asTheUserWhoStartedIt() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("builder")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CREATE)
                .everywhere()
                .to("creator")
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger"));
        String deploy = "octopodDeploy project: 'demo', name: 'guarded'";
        refuses("builder is missing the Job/Create permission", as("builder", deploy), deploy);
        refuses("There is no Octopod project “demo”", as("stranger", deploy), deploy);
        jenkins.buildAndAssertSuccess(as("creator", deploy));
        StagingRun run = demo.staging("guarded").getLastBuild();
        assertEquals("creator", demo.staging("guarded").getCreatedBy());
        jenkins.assertLogContains("Started by upstream project", run);
        jenkins.buildAndAssertSuccess(as("builder", deploy));
        String cleanup = "octopodCleanup project: 'demo', name: 'guarded'";
        refuses("builder is missing the Job/Delete permission", as("builder", cleanup), cleanup);
    }

    private WorkflowJob as(String user, String script) throws Exception {
        WorkflowJob job = pipelines.job(script);
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate(
                                job.getFullName(), User.getById(user, true).impersonate2()));
        return job;
    }

    private void refuses(String sentence, WorkflowJob job, String script) throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("ERROR: " + sentence, run);
    }

    @Test
    void nearestProject() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        Folder repository = team.createProject(Folder.class, "repository");
        var own = team.createProject(OctopodProject.class, "demo");
        Map<String, String> wanted = Map.of(
                "demo", own.getFullName(),
                "/demo", "demo",
                "../demo", own.getFullName(),
                "team/demo", own.getFullName());
        for (Map.Entry<String, String> entry : wanted.entrySet()) {
            WorkflowJob job = Pipelines.job(
                    repository.createProject(
                            WorkflowJob.class, "main" + entry.getKey().hashCode()),
                    "echo \"in=${octopodStatus(project: '" + entry.getKey() + "', name: 'any').project}\"");
            assertEquals(entry.getValue(), Pipelines.printed("in=", jenkins.buildAndAssertSuccess(job)));
        }
    }
}
