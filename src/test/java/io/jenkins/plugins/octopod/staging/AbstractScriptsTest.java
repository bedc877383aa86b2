package io.jenkins.plugins.octopod.staging;

import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** A project with an agent and scripts that a test writes. */
@WithSharedJenkins
abstract class AbstractScriptsTest {

    @TempDir
    private Path directory;

    ScriptDirectory scripts;
    TestProject demo;
    JenkinsRule jenkins;

    @BeforeEach
    void connect(JenkinsRule rule) throws Exception {
        jenkins = rule;
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        demo = TestProject.withScripts(rule, scripts.path());
        demo.connectAgent("agent");
    }
}
