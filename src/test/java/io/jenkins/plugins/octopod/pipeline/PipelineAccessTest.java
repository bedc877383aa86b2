package io.jenkins.plugins.octopod.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Cause;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.access.PipelineAccess;
import io.jenkins.plugins.octopod.project.access.PipelineAccess.UsedBy;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** Pipelines of another team, whose builds act as Jenkins itself, as builds do unless an administrator changes that. */
@WithSharedJenkins
class PipelineAccessTest {

    private static final String UNKNOWN = "ERROR: There is no Octopod project “%s” that this Pipeline may ";

    @TempDir
    private Path demoHome;

    private JenkinsRule jenkins;
    private TestProject demo;
    private OctopodProject shop;
    private Folder attackers;
    private int count;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        demo = TestProject.demo(rule, demoHome);
        Folder victims = rule.createProject(Folder.class, "victims");
        shop = Items.move(demo.project, victims);
        attackers = rule.createProject(Folder.class, "attackers");
        demo.finished(demo.submit(Kind.CREATE, "vault"));
    }

    private WorkflowRun build(Result expected, String step) throws Exception {
        WorkflowJob job = Pipelines.job(attackers.createProject(WorkflowJob.class, "job-" + ++count), step);
        return jenkins.buildAndAssertStatus(expected, job);
    }

    private void unknown(String path, String step) throws Exception {
        jenkins.assertLogContains(UNKNOWN.formatted(path), build(Result.FAILURE, step));
    }

    @Test
    void aProjectOfAnotherFolderDoesNotExist() throws Exception {
        for (String path : List.of("/victims/demo", "victims/demo", "../victims/demo", "/victims/nothing")) {
            for (String step : List.of("Status", "Deploy", "Archive", "Restore", "Cleanup")) {
                unknown(path, "octopod" + step + " project: '" + path + "', name: 'vault'");
            }
        }
        assertEquals(Status.Running, demo.staging("vault").getStatus());
        unknown("/victims/demo", "octopodDeploy project: '/victims/demo', name: 'mine'");
        assertNull(demo.staging("mine"));
    }

    @Test
    void aSecretOfTheProjectIsNotHandedOut() throws Exception {
        TestCredentials.in(shop).text("team-db", "hunter2");
        unknown(
                "/victims/demo",
                "octopodDeploy project: '/victims/demo', name: 'x1', appOverrides: ['env.X': 'credentials:team-db']");
        assertNull(demo.staging("x1"));
    }

    /** The look for the project and the acceptance are two moments. */
    @Test
    void theFacadeAsksAgain() throws Exception {
        WorkflowJob job = attackers.createProject(WorkflowJob.class, "raced");
        WorkflowRun run = jenkins.buildAndAssertSuccess(Pipelines.job(job, "echo 'here'"));
        StagingRequest request =
                StagingRequest.of(shop, "vault", Kind.ARCHIVE, new Cause.UpstreamCause((Run<?, ?>) run));
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            assertEquals(
                    Reason.UNKNOWN,
                    assertThrows(RefusalException.class, () -> StagingService.submit(request))
                            .getReason());
        }
        assertEquals(Status.Running, demo.staging("vault").getStatus());
    }

    /** A malformed pattern of another kind would tell that there is such a project. */
    @Test
    void noPatternTellsOfTheProject() throws Exception {
        PipelineAccess access = new PipelineAccess();
        access.setUsedBy(UsedBy.LISTED);
        access.setJobs("{x:(}\n[\n\\\n(*");
        shop.setPipelineAccess(access);
        unknown("/victims/demo", "octopodStatus project: '/victims/demo', name: 'vault'");
    }

    @Test
    void jobsThatTheProjectLists() throws Exception {
        PipelineAccess access = new PipelineAccess();
        access.setUsedBy(UsedBy.LISTED);
        access.setJobs("somebody/**\n  attackers/job-*  \n");
        shop.setPipelineAccess(access);
        String step = "octopodArchive project: '/victims/demo', name: 'vault'";
        build(Result.SUCCESS, step);
        assertEquals(Status.Archived, demo.staging("vault").getStatus());
        access.setJobs("attackers\nattackers/job\nattackers/*/job-*");
        unknown("/victims/demo", step);
        access.setUsedBy(UsedBy.EVERY_JOB);
        build(Result.SUCCESS, step);
    }

    /** With a realm that tells nothing of users who are not logged in, an anonymous user is stored and restored as a user. */
    @Test
    void anonymousBuildsAreNoUsersEither() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.DELETE, Item.CONFIGURE)
                .everywhere()
                .toEveryone());
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .replace(new MockQueueItemAuthenticator().authenticate("attackers/job-1", Jenkins.ANONYMOUS2));
        unknown("/victims/demo", "octopodArchive project: '/victims/demo', name: 'vault'");
    }

    @Test
    void aBuildThatActsAsAUserHasTheUsersPermissions() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.DELETE)
                .everywhere()
                .to("alice")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("bob"));
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .replace(new MockQueueItemAuthenticator()
                        .authenticate(
                                "attackers/job-1", User.getById("bob", true).impersonate2())
                        .authenticate(
                                "attackers/job-2", User.getById("alice", true).impersonate2()));
        String steps = """
                octopodArchive project: '/victims/demo', name: 'vault'
                octopodCleanup project: '/victims/demo', name: 'vault'
                """;
        jenkins.assertLogContains("bob is missing the Job/Build permission", build(Result.FAILURE, steps));
        build(Result.SUCCESS, steps);
        assertNull(demo.staging("vault"));
    }

    @Test
    void itsOwnPipelineDoesWhatTheProjectLets() throws Exception {
        TestCredentials.in(shop).text("team-db", "hunter2");
        PipelineAccess access = shop.getPipelineAccess();
        access.setCleanup(true);
        access.setCredentials("other\nteam-db");
        WorkflowJob job = Pipelines.job(((Folder) shop.getParent()).createProject(WorkflowJob.class, "own"), """
                octopodDeploy project: 'demo', name: 'vault', appOverrides: ['env.X': 'credentials:team-db']
                octopodArchive project: 'demo', name: 'vault'
                octopodCleanup project: 'demo', name: 'vault'
                """);
        jenkins.buildAndAssertSuccess(job);
        assertNull(demo.staging("vault"));
    }

    @Test
    void theSnippetGeneratorOffersWhatMayBeUsed() throws Exception {
        WorkflowJob other = attackers.createProject(WorkflowJob.class, "other");
        WorkflowJob own = ((Folder) shop.getParent()).createProject(WorkflowJob.class, "own");
        Folder branches = ((Folder) shop.getParent()).createProject(Folder.class, "branches");
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            assertTrue(projectsFor(browser, branches).contains("victims/demo"), "a folder of jobs that may use it");
            assertFalse(projectsFor(browser, attackers).contains("victims"), "a folder of jobs that may not");
            assertFalse(projectsFor(browser, other).contains("victims"), projectsFor(browser, other));
            assertTrue(projectsFor(browser, own).contains("\"value\":\"victims/demo\""));
        }
    }

    private String projectsFor(JenkinsRule.WebClient browser, Item job) throws Exception {
        return browser.getPage(new WebRequest(
                        browser.createCrumbedUrl(job.getUrl() + "descriptorByName/" + OctopodStatusStep.class.getName()
                                + "/fillProjectItems?project="),
                        HttpMethod.POST))
                .getWebResponse()
                .getContentAsString();
    }

    @Test
    void itsOwnPipelineDoesNotCleanUp() throws Exception {
        demo.finished(demo.submit(Kind.ARCHIVE, "vault"));
        WorkflowJob job = Pipelines.job(
                ((Folder) shop.getParent()).createProject(WorkflowJob.class, "own"),
                "octopodCleanup project: 'demo', name: 'vault'");
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("ERROR: This build acts for no user", run);
        assertNotNull(demo.staging("vault"));
    }

    @Test
    void itsOwnPipelineSetsNoSecretThatIsNotListed() throws Exception {
        TestCredentials.in(shop).text("team-db", "hunter2");
        for (String id : List.of("team-db", "nothing")) {
            WorkflowJob job = Pipelines.job(
                    ((Folder) shop.getParent()).createProject(WorkflowJob.class, "sets-" + id),
                    "octopodDeploy project: 'demo', name: 'x1', appOverrides: ['env.X': 'credentials:" + id + "']");
            WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("ERROR: A build that acts for no user can’t set “env.X” to", run);
        }
        assertNull(demo.staging("x1"));
    }
}
