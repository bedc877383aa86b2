package io.jenkins.plugins.octopod.permissions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.cli.CLICommandInvoker;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.Permission;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.springframework.security.access.AccessDeniedException;

/** Logs are for those who may read them, also where no page is between; the pages are {@link PermissionMatrixTest}’s. */
@WithSharedJenkins
class LogPermissionTest {

    private static final String PRINTED = "printed by create";

    @TempDir
    private Path directory;

    private StagingRun run(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"))
                .with(ControlScript.CREATE, "echo " + PRINTED)
                .with(ControlScript.CHECK, "exit 0");
        TestProject project = TestProject.withScripts(jenkins, scripts.path());
        project.connectAgent("agent");
        StagingRun run = project.finished(project.submit(Kind.CREATE, "orange-button"));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        return run;
    }

    @Test
    void noCodeOfAReaderGetsAtThem(JenkinsRule jenkins) throws Exception {
        StagingRun run = run(jenkins);
        Role.READER.visit(jenkins);
        try (ACLContext as = ACL.as(User.getOrCreateByIdOrFullName(Role.READER.userId()))) {
            for (Executable way : new Executable[] {
                run::getLogText,
                run::getLogInputStream,
                run::getLogReader,
                run::getLog,
                () -> run.getLog(100),
                () -> run.writeWholeLogTo(new ByteArrayOutputStream())
            }) {
                assertThrows(AccessDeniedException.class, way);
            }
        }
        try (ACLContext as = ACL.as(User.getOrCreateByIdOrFullName(Role.LOG_READER.userId()))) {
            assertTrue(run.getLog(100).contains(PRINTED));
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            run.writeWholeLogTo(whole);
            assertTrue(whole.toString(StandardCharsets.UTF_8).contains(PRINTED));
        }
        try (InputStream log = run.getLogInputStream()) {
            assertTrue(new String(log.readAllBytes(), StandardCharsets.UTF_8).contains(PRINTED), "Jenkins itself may");
        }
    }

    @Test
    void theCommandLineHasNoOtherRules(JenkinsRule jenkins) throws Exception {
        run(jenkins);
        Role.READER.visit(jenkins);
        for (String[] arguments : new String[][] {{"demo/orange-button"}, {"-f", "demo/orange-button"}}) {
            CLICommandInvoker.Result refused = new CLICommandInvoker(jenkins, "console")
                    .asUser(Role.READER.userId())
                    .invokeWithArgs(arguments);
            assertNotEquals(0, refused.returnCode());
            assertFalse(refused.stdout().contains(PRINTED), refused.stdout());
            assertTrue(refused.stderr().contains("Staging/Log"), refused.stderr());
            CLICommandInvoker.Result told = new CLICommandInvoker(jenkins, "console")
                    .asUser(Role.LOG_READER.userId())
                    .invokeWithArgs(arguments);
            assertEquals(0, told.returnCode(), told.stderr());
            assertTrue(told.stdout().contains(PRINTED), told.stdout());
        }
    }

    @Test
    void pagesOfferThemToThoseWhoMayReadThem(JenkinsRule jenkins) throws Exception {
        StagingRun run = run(jenkins);
        String staging = run.getParent().getUrl();
        for (Role role : new Role[] {Role.READER, Role.LOG_READER}) {
            Visitor visitor = role.visit(jenkins);
            boolean offered = role == Role.LOG_READER;
            for (String page : new String[] {staging + "live/actions", run.getUrl()}) {
                assertEquals(offered, visitor.get(page).body().contains("1/console\""), page + " as " + role);
            }
            String feed = visitor.get("job/demo/board/feed/").body();
            assertTrue(feed.contains("orange-button"), feed);
            assertEquals(offered, feed.contains("/console\""), feed);
        }
    }

    /** As their authors decide what the log of a Pipeline shows, and its readers are other people. */
    @Test
    void aPipelineShowsWhatItsDeploymentPrints(JenkinsRule jenkins) throws Exception {
        run(jenkins);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline");
        job.setDefinition(new CpsFlowDefinition("octopodDeploy project: 'demo', name: 'other'", true));
        WorkflowRun built = jenkins.buildAndAssertStatus(Result.SUCCESS, job);
        Visitor reader = Role.READER.visit(jenkins);
        assertTrue(reader.get(built.getUrl() + "consoleText").body().contains(PRINTED));
        assertEquals(403, reader.get("job/demo/job/other/1/consoleText").statusCode());
    }

    @Test
    void itIsKnownByItsId(JenkinsRule jenkins) {
        assertEquals(
                StagingPermissions.LOG, Permission.fromId("io.jenkins.plugins.octopod.staging.StagingPermissions.Log"));
    }
}
