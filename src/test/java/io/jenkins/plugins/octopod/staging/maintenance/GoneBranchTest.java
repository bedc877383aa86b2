package io.jenkins.plugins.octopod.staging.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Cause;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.model.Result;
import hudson.model.Run;
import hudson.plugins.git.GitSCM;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.Processes;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestClock;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.LifetimeSettings;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.build.BranchSourceInfo;
import io.jenkins.plugins.octopod.staging.lifetime.DeployingBuild;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.branch.BranchSource;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** A real multibranch Pipeline over a real git repository: what a branch has deployed goes with it. */
@WithSharedJenkins
class GoneBranchTest {

    private static final String BRANCH = "feature/orange";

    @TempDir
    private Path directory;

    private boolean localCheckout;
    private JenkinsRule jenkins;
    private ScriptDirectory scripts;
    private TestProject demo;
    private DumbSlave agent;
    private Path repository;
    private WorkflowMultiBranchProject pipelines;
    private Staging staging;

    @BeforeEach
    void deployFromTheBranch(JenkinsRule rule) throws Exception {
        jenkins = rule;
        localCheckout = GitSCM.ALLOW_LOCAL_CHECKOUT;
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        demo = TestProject.withScripts(rule, scripts.path());
        demo.project.getLifetime().setBranchGraceMinutes(0);
        agent = demo.connectAgent("agent");

        repository = Files.createDirectory(directory.resolve("repository"));
        git("init", "--initial-branch=main");
        Files.writeString(
                repository.resolve("Jenkinsfile"),
                "if (env.BRANCH_NAME != 'main') { octopodDeploy(project: 'demo', name: 'orange') }");
        git("add", "Jenkinsfile");
        git("commit", "-m", "deploy");
        git("branch", BRANCH);
        pipelines = rule.createProject(WorkflowMultiBranchProject.class, "shop");
        GitSCMSource source = new GitSCMSource(repository.toString());
        source.setTraits(List.of(new BranchDiscoveryTrait()));
        pipelines.getSourcesList().add(new BranchSource(source));
        index();
        rule.waitUntilNoActivity();
        WorkflowJob job = pipelines.getItemByBranchName(BRANCH);
        assertNotNull(job);
        rule.assertBuildStatus(Result.SUCCESS, job.getLastBuild());
        staging = demo.staging("orange");
        assertEquals("shop/feature%2Forange", staging.lifetime().deployedBy());
    }

    @AfterEach
    void restoreSetting() {
        GitSCM.ALLOW_LOCAL_CHECKOUT = localCheckout;
    }

    @Test
    void knowsItsBuildAndCommit() throws Exception {
        DeployingBuild build = staging.lifetime().deployingBuild();
        WorkflowJob job = pipelines.getItemByBranchName(BRANCH);
        assertEquals(1, build.number());
        assertTrue(build.commit().matches("[0-9a-f]{40}"), build.commit());
        assertEquals(new BranchSourceInfo.Head(BRANCH, false, null, null), BranchSourceInfo.head(job));
        String page = Visitor.anonymous(jenkins).get(staging.getUrl() + "live/").body();
        assertTrue(page.contains(job.getUrl() + "1/"), page);
        assertTrue(page.contains(build.commit().substring(0, 10)), page);
    }

    @Test
    void archivedWithItsBranch() throws Exception {
        git("branch", "-D", BRANCH);
        index();
        assertNull(pipelines.getItemByBranchName(BRANCH));
        StagingRun run = TestProject.await(
                "the staging to be archived",
                () -> staging.getStatus() == Status.Archived && !staging.isBusy() ? staging.getLastBuild() : null);
        assertEquals(
                "Its branch was deleted: shop » feature/orange",
                run.getCauses().get(0).getShortDescription());

        demo.finished(demo.submit(Kind.RESTORE, "orange"));
        look();
        assertFalse(staging.isBusy(), "who restores it wants it without its branch");
        assertNull(LifetimeService.deletedBranch((Staging) Items.load(demo.project, staging.getRootDir())));
    }

    @Test
    void archivedWithTheWholePipeline() throws Exception {
        pipelines.delete();
        assertNull(jenkins.jenkins.getItem("shop"));
        StagingRun run = TestProject.await(
                "the staging to be archived",
                () -> staging.getStatus() == Status.Archived && !staging.isBusy() ? staging.getLastBuild() : null);
        assertEquals(
                "Its branch was deleted: shop » feature/orange",
                run.getCauses().get(0).getShortDescription());
    }

    @Test
    void notWhereTheProjectOrAPinSaysSo() throws Exception {
        demo.project.getLifetime().setArchiveGoneBranches(false);
        LifetimeService.pin(staging);
        git("branch", "-D", BRANCH);
        index();
        look();
        assertFalse(staging.isBusy());
        demo.project.getLifetime().setArchiveGoneBranches(true);
        look();
        assertFalse(staging.isBusy());
        LifetimeService.unpin(staging);
        look();
        TestProject.await("the staging to be archived", () -> staging.getStatus() == Status.Archived ? true : null);
    }

    @Test
    void aBusyOneIsArchivedLaterAndRenamedProjectsAreFollowed() throws Exception {
        pipelines.renameTo("store");
        assertEquals("store/feature%2Forange", staging.lifetime().deployedBy());
        Staging reloaded = (Staging) Items.load(demo.project, staging.getRootDir());
        assertEquals("store/feature%2Forange", reloaded.lifetime().deployedBy());

        scripts.with(
                ControlScript.UPDATE,
                "echo updating; while test ! -e '" + scripts.file("go") + "'; do sleep 0.1; done");
        var update = demo.submit(Kind.UPDATE, "orange");
        demo.printing(update, "updating");
        git("branch", "-D", BRANCH);
        index();
        look();
        assertEquals(2, staging.getLastBuild().getNumber());
        assertEquals("store » feature/orange", LifetimeService.deletedBranch(staging), "remembered until it is free");
        Files.createFile(scripts.file("go"));
        demo.finished(update);
        look();
        TestProject.await("the staging to be archived", () -> staging.getStatus() == Status.Archived ? true : null);
    }

    /** One scan does not see the branch, as with a token that has lost a repository for a while. The staging is busy then. */
    @Test
    void leftAloneWhereTheBranchIsBack() throws Exception {
        scripts.with(
                ControlScript.UPDATE,
                "echo updating; while test ! -e '" + scripts.file("go") + "'; do sleep 0.1; done");
        var update = demo.submit(Kind.UPDATE, "orange");
        demo.printing(update, "updating");
        git("branch", "-m", BRANCH, "away");
        index();
        assertEquals("shop » feature/orange", LifetimeService.deletedBranch(staging));
        git("branch", "-m", "away", BRANCH);
        index();
        Files.createFile(scripts.file("go"));
        demo.finished(update);
        look();
        assertFalse(staging.isBusy());
        assertEquals(Status.Running, staging.getStatus());
        assertNull(LifetimeService.deletedBranch(staging));
    }

    /** As where a repository is renamed: the job is deleted, and made again below another name. */
    @Test
    void leftAloneWhereTheBranchIsBackInARenamedFolder() throws Exception {
        demo.project.setLifetime(new LifetimeSettings());
        try (TestClock clock = TestClock.start()) {
            git("branch", "-m", BRANCH, "away");
            index();
            assertEquals("shop » feature/orange", LifetimeService.deletedBranch(staging));
            pipelines.renameTo("store");
            assertEquals("store/feature%2Forange", staging.lifetime().deployedBy());
            git("branch", "-m", "away", BRANCH);
            index();
            clock.leap(Duration.ofMinutes(16));
            look();
            assertFalse(staging.isBusy());
            assertNull(LifetimeService.deletedBranch(staging));
        }
    }

    @Test
    void archivedAfterTheGracePeriodWhichBeginsWithTheDeletion() throws Exception {
        demo.project.setLifetime(new LifetimeSettings());
        try (TestClock clock = TestClock.start()) {
            git("branch", "-D", BRANCH);
            index();
            look();
            assertFalse(staging.isBusy());
            clock.leap(Duration.ofMinutes(14));
            look();
            assertFalse(staging.isBusy());
            demo.project.save();
            assertEquals("shop » feature/orange", LifetimeService.deletedBranch((Staging)
                    Items.load(demo.project, staging.getRootDir())));
            clock.leap(Duration.ofMinutes(1));
            look();
            TestProject.await("the staging to be archived", () -> staging.getStatus() == Status.Archived ? true : null);
        }
    }

    /** The agent is off when the archiving is due, and the branch is back when the agent is. */
    @Test
    void leftAloneWhereTheBranchIsBackWhenTheRunBegins() throws Exception {
        agent.toComputer().setTemporarilyOffline(true, null);
        git("branch", "-D", BRANCH);
        index();
        TestProject.await("the archiving to be requested", () -> staging.isBusy() ? true : null);
        git("branch", BRANCH);
        index();
        agent.toComputer().setTemporarilyOffline(false, null);
        StagingRun run = TestProject.await("the run to end", () -> {
            StagingRun begun = staging.getBuildByNumber(2);
            return begun == null || begun.isBuilding() ? null : begun;
        });
        assertEquals(Result.NOT_BUILT, run.getResult());
        assertEquals(
                "The branch that deployed the staging exists again, or the project’s settings "
                        + "were changed. Jenkins doesn’t change the staging.",
                run.getReason());
        assertEquals(Status.Running, run.getStatusAfter());
        jenkins.waitUntilNoActivity();
    }

    @Test
    void leftAloneWhereAnotherJobHasDeployedItSince() throws Exception {
        submitFromAnotherJob();
        git("branch", "-D", BRANCH);
        index();
        agent.toComputer().setTemporarilyOffline(false, null);
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
        assertEquals("other", staging.lifetime().deployedBy());
        look();
        assertFalse(staging.isBusy());
        assertNull(LifetimeService.deletedBranch(staging));
    }

    /** The other job’s request was cancelled: its last deployment is the branch’s, and that is gone. */
    @Test
    void archivedWhereAnotherJobHasDeployedItInVain() throws Exception {
        submitFromAnotherJob();
        git("branch", "-D", BRANCH);
        index();
        assertNull(LifetimeService.deletedBranch(staging));
        StagingService.abort(staging);
        agent.toComputer().setTemporarilyOffline(false, null);
        assertEquals("shop/feature%2Forange", staging.lifetime().deployedBy());
        assertEquals("shop » feature/orange", LifetimeService.deletedBranch(staging));
        look();
        TestProject.await("the staging to be archived", () -> staging.getStatus() == Status.Archived ? true : null);
    }

    private void submitFromAnotherJob() throws Exception {
        FreeStyleProject other = jenkins.createFreeStyleProject("other");
        Run<?, ?> build = jenkins.buildAndAssertSuccess(other);
        agent.toComputer().setTemporarilyOffline(true, null);
        StagingService.submit(StagingRequest.of(demo.project, "orange", Kind.MERGE, new Cause.UpstreamCause(build)));
        assertTrue(staging.isBusy());
    }

    private void index() throws Exception {
        pipelines.scheduleBuild2(0).getFuture().get(60, TimeUnit.SECONDS);
    }

    private static void look() {
        ExtensionList.lookupSingleton(MaintenanceWork.class).runAll();
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        Processes.git(repository, arguments);
    }
}
