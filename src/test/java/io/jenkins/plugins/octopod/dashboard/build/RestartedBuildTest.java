package io.jenkins.plugins.octopod.dashboard.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.build.BuildAction;
import io.jenkins.plugins.octopod.staging.build.BuildRecord;
import io.jenkins.plugins.octopod.staging.lifetime.DeployingBuild;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Tests that a build still knows its stagings, and a staging its build, after a restart of Jenkins. */
@Tag("jenkins")
class RestartedBuildTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private static WorkflowRun build(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("shop", WorkflowJob.class).getBuildByNumber(1);
    }

    @Test
    void bothSidesSurvive() throws Throwable {
        sessions.then(jenkins -> {
            ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
            job.setDefinition(new CpsFlowDefinition(
                    "octopodDeploy(project: 'demo', name: 'orange', appOverrides: [COLOR: 'x', OLD: null])", true));
            jenkins.buildAndAssertSuccess(job);
        });
        sessions.then(jenkins -> {
            BuildAction action = BuildRecord.actions(build(jenkins)).get(0);
            assertEquals(StagingAction.CREATE, action.action());
            assertEquals(1, action.run());
            assertEquals(Result.SUCCESS, action.result());
            assertEquals("x", action.applicationAfter().value("COLOR").orElseThrow());
            assertTrue(action.applicationAfter().isRemoved("OLD"));
            assertEquals(
                    1,
                    build(jenkins).getAction(BuildStagings.class).getEntries().size());
            assertEquals(
                    new DeployingBuild("shop", 1, null),
                    TestProject.again(jenkins).staging("orange").lifetime().deployingBuild());
            String stored =
                    Files.readString(build(jenkins).getRootDir().toPath().resolve("build.xml"));
            assertTrue(stored.contains("<octopod-build-record>"), stored);
            assertFalse(stored.contains("io.jenkins.plugins.octopod"), stored);
        });
    }
}
