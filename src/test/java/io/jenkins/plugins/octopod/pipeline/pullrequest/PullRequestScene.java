package io.jenkins.plugins.octopod.pipeline.pullrequest;

import hudson.ExtensionList;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** A project, its agent and jobs that deploy a staging. The test has an extension that is the platform. */
abstract class PullRequestScene {

    /** So that what an earlier test has left behind isn’t taken for this one’s. */
    private static final AtomicInteger NUMBER = new AtomicInteger(7);

    final String staging = "pr-" + NUMBER.getAndIncrement();
    final String name = "demo/" + staging;
    final String deploy = "octopodDeploy project: 'demo', name: '" + staging + "'";

    @TempDir
    Path directory;

    JenkinsRule jenkins;
    ScriptDirectory scripts;
    TestProject demo;
    RecordedChecks checks;
    private int jobs;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        scripts = new ScriptDirectory(directory)
                .with(
                        ControlScript.INFO,
                        "echo 'app,https://pr-7.example.com/'; echo '<b>api</b>,https://api.example.com/'");
        demo = TestProject.withScripts(rule, directory);
        demo.connectAgent("agent");
        checks = ExtensionList.lookup(ChecksPublisherFactory.class).stream()
                .filter(RecordedChecks.class::isInstance)
                .map(RecordedChecks.class::cast)
                .findFirst()
                .orElseThrow();
        checks.answerAgain();
    }

    final WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline-" + ++jobs);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    final String open() {
        return jenkins.jenkins.getRootUrl() + "job/demo/job/" + staging + "/open/";
    }

    final String hold() throws Exception {
        Path hold = Files.createFile(directory.resolve("hold"));
        return "while [ -e '" + hold + "' ]; do sleep 0.1; done; ";
    }

    final void release() throws Exception {
        Files.delete(directory.resolve("hold"));
    }
}
