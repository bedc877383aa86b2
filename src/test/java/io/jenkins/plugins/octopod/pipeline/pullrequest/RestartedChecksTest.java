package io.jenkins.plugins.octopod.pipeline.pullrequest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksStatus;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A check that was in progress when Jenkins stopped gets its end. */
@Tag("jenkins")
class RestartedChecksTest {

    private static final String NAME = "demo/pr-7";

    /** The platform of this test, which has taken nothing when Jenkins starts. */
    @TestExtension
    public static final class Platform extends RecordedChecks {}

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private static RecordedChecks checks() {
        return ExtensionList.lookupSingleton(Platform.class);
    }

    private WorkflowJob job(JenkinsRule jenkins, String parameters) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline");
        job.setDefinition(new CpsFlowDefinition("octopodDeploy project: 'demo', name: 'pr-7'" + parameters, true));
        return job;
    }

    @Test
    void runEndsAfterTheRestart() throws Throwable {
        Path hold = Files.createFile(directory.resolve("hold"));
        ScriptDirectory scripts = new ScriptDirectory(directory);
        scripts.with(
                ControlScript.CREATE,
                "echo begun; while [ -e '" + hold + "' ]; do sleep 0.1; done; touch '" + scripts.file("state") + "'");
        sessions.then(jenkins -> {
            TestProject.withScripts(jenkins, directory).connectAgent("agent");
            jenkins.buildAndAssertSuccess(job(jenkins, ", wait: false"));
            checks().await(NAME, ChecksStatus.IN_PROGRESS);
            jenkins.waitForMessage(
                    "begun", TestProject.again(jenkins).staging("pr-7").getLastBuild());
        });
        sessions.then(jenkins -> {
            Files.delete(hold);
            assertEquals(
                    "pipeline#1", checks().await(NAME, ChecksConclusion.SUCCESS).build());
            String stored = Files.readString(file(TestProject.again(jenkins).staging("pr-7")));
            assertTrue(stored.contains("<octopod-pull-request-checks>"), stored);
            assertFalse(stored.contains("io.jenkins"), stored);
        });
    }

    @Test
    void endIsPublishedAfterTheRestart() throws Throwable {
        new ScriptDirectory(directory);
        sessions.then(jenkins -> {
            TestProject.withScripts(jenkins, directory).connectAgent("agent");
            checks().refused = RecordedChecks::isCompleted;
            jenkins.buildAndAssertSuccess(job(jenkins, ""));
            TestProject.await("the platform to refuse the end", () -> checks().refusals > 0 ? true : null);
        });
        sessions.then(jenkins -> checks().await(NAME, ChecksConclusion.SUCCESS));
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            Files.writeString(file(demo.staging("pr-7")), "<octopod-pull-request-checks><unknown/>");
        });
        sessions.then(jenkins -> {
            assertEquals(
                    1, TestProject.again(jenkins).staging("pr-7").getBuilds().size());
            assertEquals(0, checks().of(NAME).size());
        });
    }

    private static Path file(Staging staging) {
        return staging.getRootDir().toPath().resolve("pull-request-checks.xml");
    }
}
