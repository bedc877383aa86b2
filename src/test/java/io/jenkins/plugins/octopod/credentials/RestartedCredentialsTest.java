package io.jenkins.plugins.octopod.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.util.Secret;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
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
            StagingRun run = goneOn(jenkins);
            assertEquals("content", Files.readString(scripts.file("read")));
            assertEquals("before **** a1\nbegun\n****\nafter ****\n", recorded(run, LogStream.STDOUT));
            assertEquals("and ****\n", recorded(run, LogStream.STDERR));
        });
        assertFalse(Files.exists(file));
        assertEquals(List.of(), SEARCH.files(sessions.getHome().toPath()));
    }

    /** A script, or whatever runs beside it on the agent, removes what it finds or puts something else in its place. */
    @Test
    void theMaskIsNotWhatTheAgentSays() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        Path go = scripts.file("go");
        Path home = scripts.file("home");
        scripts.with(
                ControlScript.CREATE,
                "(cd .. && pwd) > '" + home + "'; echo begun; while [ ! -e '" + go + "' ]; do sleep 0.1; done; "
                        + "echo $TOKEN; echo of-another-team; touch '" + scripts.file("state") + "'");
        String[] encrypted = new String[1];
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            TestCredentials.in(demo.project).text("token", TOKEN);
            TestCredentials.bind(demo.project, new StringBinding("TOKEN", "token"));
            demo.printing(demo.submit(Kind.CREATE, "a1"), "begun");
            encrypted[0] = Secret.fromString("of-another-team").getEncryptedValue();
        });
        Path masked = Path.of(Files.readString(home).trim()).resolve("masked");
        assertFalse(Files.exists(masked), "where the mask was once");
        Files.writeString(masked, encrypted[0]);
        Files.createFile(go);
        sessions.then(jenkins -> {
            StagingRun run = goneOn(jenkins);
            assertEquals("begun\n****\nof-another-team\n", recorded(run, LogStream.STDOUT));
            assertFalse(Files.exists(run.getRootDir().toPath().resolve("octopod-mask")), "it goes with the run");
        });
    }

    /** As after an update of the plugin, or if the file is damaged. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutItsMaskTheCredentialsOfNowAreMasked(boolean damaged) throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        Path go = scripts.file("go");
        scripts.with(
                ControlScript.CREATE,
                "echo begun; while [ ! -e '" + go + "' ]; do sleep 0.1; done; echo $TOKEN; echo $8; touch '"
                        + scripts.file("state") + "'");
        Path[] mask = new Path[1];
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            TestCredentials.in(demo.project).text("token", TOKEN);
            TestCredentials.bind(demo.project, new StringBinding("TOKEN", "token"));
            StagingRun run = demo.printing(demo.submit(Kind.CREATE, "a1"), "begun");
            mask[0] = run.getRootDir().toPath().resolve("octopod-mask");
        });
        if (damaged) {
            Files.writeString(mask[0], "{AQAAABAAAAAQ}");
        } else {
            Files.delete(mask[0]);
        }
        Files.createFile(go);
        sessions.then(jenkins -> {
            StagingRun run = goneOn(jenkins);
            assertEquals("begun\n****\na1\n", recorded(run, LogStream.STDOUT));
            jenkins.assertLogContains("Jenkins no longer has the secrets that this script was started with", run);
        });
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
            jenkins.waitForMessage(
                    "This run continues where it stopped", demo.staging("a1").getLastBuild());
            TestCredentials.in(demo.project).text("token", TOKEN);
            Files.createFile(go);
            StagingRun run = goneOn(jenkins);
            assertEquals("begun\n****\n", recorded(run, LogStream.STDOUT));
        });
    }

    /** Waits until the run that the last session began has succeeded, and the staging is free. */
    private static StagingRun goneOn(JenkinsRule jenkins) throws Exception {
        Staging staging = TestProject.again(jenkins).staging("a1");
        StagingRun run = staging.getLastBuild();
        TestProject.await("the run to go on", () -> run.isBuilding() || staging.isBusy() ? null : run);
        return jenkins.assertBuildStatus(Result.SUCCESS, run);
    }

    private static String recorded(StagingRun run, LogStream stream) throws IOException {
        return new String(RunLogReader.of(run).open(stream).readAllBytes(), StandardCharsets.UTF_8);
    }
}
