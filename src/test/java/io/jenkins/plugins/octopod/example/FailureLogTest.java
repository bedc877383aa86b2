package io.jenkins.plugins.octopod.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.SetClock;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.checks.CheckScheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The example of docs/extending.md is what is compiled here, and does what it says. */
@Tag("jenkins")
class FailureLogTest {

    private static final Path SOURCE = Path.of("src/test/java/io/jenkins/plugins/octopod/example/FailureLog.java");

    @TempDir
    private Path directory;

    @Test
    void theDocsHaveIt() throws Exception {
        String source = Files.readString(SOURCE);
        String shown = source.substring(source.indexOf("import ")).strip();
        assertTrue(Files.readString(Path.of("docs/extending.md")).contains("```java\n" + shown + "\n```"));
    }

    @Test
    @WithJenkins
    void saysWhichStagingFails(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory);
        TestProject demo = TestProject.withScripts(jenkins, scripts.path());
        demo.connectAgent("agent");
        SetClock clock = new SetClock();
        demo.project.setChecks(new CheckSettings());
        CheckScheduler checkScheduler = CheckScheduler.get();
        checkScheduler.useManualClock(clock);
        try (LogRecorder log =
                new LogRecorder().record(FailureLog.class, Level.INFO).capture(10)) {
            demo.finished(demo.submit(Kind.CREATE, "a1"));
            scripts.with(ControlScript.CHECK, "echo the disk is full; exit 1");
            TestProject.await("its line", () -> {
                clock.goOn(Duration.ofSeconds(15));
                checkScheduler.tick();
                return log.getMessages().isEmpty() ? null : log;
            });
            assertEquals(
                    List.of("demo » a1 fails: “check” ended with exit code 1: the disk is full"), log.getMessages());
        }
    }
}
