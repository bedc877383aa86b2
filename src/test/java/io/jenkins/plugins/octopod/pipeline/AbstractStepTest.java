package io.jenkins.plugins.octopod.pipeline;

import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Runs Pipelines with the demo’s scripts on a real agent. Builds that act for no user are allowed to clean up. */
@WithSharedJenkins
abstract class AbstractStepTest {

    @TempDir
    Path demoHome;

    JenkinsRule jenkins;
    TestProject demo;
    Pipelines pipelines;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        demo = TestProject.demo(rule, demoHome);
        demo.project.getPipelineAccess().setCleanup(true);
        pipelines = new Pipelines(rule);
    }
}
