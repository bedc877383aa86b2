package io.jenkins.plugins.octopod.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** The recipe of docs/pipeline.md: a newer build aborts the older one, and deploys although the older one’s run is still being killed. */
@WithSharedJenkins
class AbortPreviousTest {

    private static final int ROUNDS = 4;

    @TempDir
    private Path directory;

    @Test
    void newerBuildIsNeverRefused(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        String held = "if [ ! -e '" + scripts.file("quick") + "' ]; then sleep 600; fi";
        scripts.with(ControlScript.CREATE, "touch '" + scripts.file("state") + "'");
        scripts.with(ControlScript.UPDATE, "echo updating; " + held);
        TestProject demo = TestProject.withScripts(jenkins, scripts.path());
        demo.connectAgent("agent");
        WorkflowJob job = new Pipelines(jenkins).job("""
                pipeline {
                    agent none
                    options { disableConcurrentBuilds(abortPrevious: true) }
                    stages {
                        stage('Deploy') {
                            steps { octopodDeploy project: 'demo', name: 'a1', appOverrides: [BUILD: env.BUILD_NUMBER] }
                        }
                    }
                }
                """);
        // The option holds once a build has said so.
        jenkins.buildAndAssertSuccess(job);

        WorkflowRun older = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("updating", older);
        for (int round = 0; round < ROUNDS; round++) {
            WorkflowRun newer = job.scheduleBuild2(0).waitForStart();
            String log = TestProject.await("the newer build to deploy", () -> {
                String printed = JenkinsRule.getLog(newer);
                return printed.contains("updating") || !newer.isBuilding() ? printed : null;
            });
            assertTrue(log.contains("updating"), log);
            jenkins.waitForCompletion(older);
            // As that option calls it.
            assertEquals(Result.NOT_BUILT, older.getResult());
            older = newer;
        }
        Files.createFile(scripts.file("quick"));
        WorkflowRun last = job.scheduleBuild2(0).waitForStart();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(last));
        assertEquals(
                Integer.toString(last.getNumber()),
                demo.staging("a1").getApplicationOverrides().asMap().get("BUILD"));
    }
}
