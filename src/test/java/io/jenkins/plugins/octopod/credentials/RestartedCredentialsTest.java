package io.jenkins.plugins.octopod.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.SecretSearch;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.log.LogStream;
import io.jenkins.plugins.octopod.staging.log.RunLogReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.credentialsbinding.impl.FileBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.StringBinding;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A script that outlives a restart keeps what it was given, and no more of it is seen than before. */
@Tag("jenkins")
class RestartedCredentialsTest {

    private static final String TOKEN = "hush-4711";
    private static final SecretSearch SEARCH = SecretSearch.of(TOKEN);

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    @Test
    void theScriptGoesOnAndItsSecretsAreMasked() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        Path go = scripts.file("go");
        Path path = scripts.file("path");
        scripts.with(
                ControlScript.CREATE,
                "echo \"$FILE\" > '" + path + "'; echo \"before $TOKEN $8\"; echo begun; printf 'hush-'; "
                        + "while [ ! -e '" + go + "' ]; do sleep 0.1; done; echo 4711; echo \"after $TOKEN\"; "
                        + "echo \"and $TOKEN\" >&2; cat \"$FILE\" >'" + scripts.file("read") + "'; touch '"
                        + scripts.file("state") + "'");
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            TestCredentials.in(demo.project).text("token", TOKEN).file("file", "file", "content");
            TestCredentials.bind(demo.project, new StringBinding("TOKEN", "token"), new FileBinding("FILE", "file"));
            demo.printing(demo.submit(Kind.CREATE, "a1"), "begun");
            // Somebody exchanges what the script was started with.
            TestCredentials.in(demo.project).remove("token").text("token", "another-token");
        });
        Path file = Path.of(Files.readString(path).trim());
        assertTrue(Files.exists(file));
        // What the script has printed is on its agent until it is in the log.
        assertEquals(List.of(), SEARCH.files(sessions.getHome().toPath().resolve("jobs")));
        Files.createFile(go);
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            Staging staging = demo.staging("a1");
            StagingRun run = staging.getLastBuild();
            TestProject.await("the run to go on", () -> run.isBuilding() || staging.isBusy() ? null : run);
            jenkins.assertBuildStatus(Result.SUCCESS, run);
            assertEquals("content", Files.readString(scripts.file("read")));
            assertEquals("before **** a1\nbegun\n****\nafter ****\n", recorded(run, LogStream.STDOUT));
            assertEquals("and ****\n", recorded(run, LogStream.STDERR));
        });
        assertFalse(Files.exists(file));
        assertEquals(List.of(), SEARCH.files(sessions.getHome().toPath()));
    }

    /** It is followed all the same, and those that come after it are given what there is by then. */
    @Test
    void aSecretThatIsAwayMeanwhile() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        Path go = scripts.file("go");
        scripts.with(ControlScript.CREATE, "echo begun; while [ ! -e '" + go + "' ]; do sleep 0.1; done; echo $TOKEN");
        scripts.with(ControlScript.CHECK, "test \"$TOKEN\" = '" + TOKEN + "'");
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            TestCredentials.in(demo.project).text("token", TOKEN);
            TestCredentials.bind(demo.project, new StringBinding("TOKEN", "token"));
            demo.printing(demo.submit(Kind.CREATE, "a1"), "begun");
            TestCredentials.in(demo.project).remove("token");
        });
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            Staging staging = demo.staging("a1");
            StagingRun run = staging.getLastBuild();
            jenkins.waitForMessage("this run goes on where it was", run);
            TestCredentials.in(demo.project).text("token", TOKEN);
            Files.createFile(go);
            TestProject.await("the run to go on", () -> run.isBuilding() || staging.isBusy() ? null : run);
            jenkins.assertBuildStatus(Result.SUCCESS, run);
            assertEquals("begun\n****\n", recorded(run, LogStream.STDOUT));
        });
    }

    private static String recorded(StagingRun run, LogStream stream) throws IOException {
        return new String(RunLogReader.of(run).open(stream).readAllBytes(), StandardCharsets.UTF_8);
    }
}
