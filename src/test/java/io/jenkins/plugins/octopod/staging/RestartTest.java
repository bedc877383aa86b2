package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Cause;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.Processes;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.log.LogStream;
import io.jenkins.plugins.octopod.staging.log.RunLogReader;
import io.jenkins.plugins.octopod.staging.note.Note;
import io.jenkins.plugins.octopod.staging.request.NoteService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What is going on when Jenkins restarts goes on afterwards, and nothing is lost. */
@Tag("jenkins")
class RestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    @Test
    void runGoesOn() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        Path go = scripts.file("go");
        scripts.with(
                ControlScript.CREATE,
                "echo before; echo warned >&2; while [ ! -e '" + go + "' ]; do sleep 0.1; done; echo after; touch '"
                        + scripts.file("state") + "'; echo x >> '" + scripts.file("runs") + "'");
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            demo.printing(demo.submit(Kind.CREATE, "a1", "A=1", "-B"), "before");
            jenkins.waitForMessage("warned", demo.staging("a1").getLastBuild());
        });
        assertFalse(Files.exists(scripts.file("state")));
        Files.createFile(go);
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            Staging staging = demo.staging("a1");
            StagingRun run = staging.getLastBuild();
            // The outcome is stored in the run first, and then in the staging.
            TestProject.await("the run to go on", () -> run.isBuilding() || staging.isBusy() ? null : run);
            jenkins.assertBuildStatus(Result.SUCCESS, run);
            assertEquals(Status.Running, staging.getStatus());
            assertFalse(staging.isBusy());
            assertEquals("A=1\n-B", staging.getApplicationOverrides().toString());
            assertEquals("A=1\n-B", run.getApplicationOverrides().toString());
            jenkins.assertLogContains("Jenkins was restarted. This run continues where it stopped.", run);
            assertEquals("before\nafter\n", recorded(run, LogStream.STDOUT));
            assertEquals("warned\n", recorded(run, LogStream.STDERR));
            assertEquals("x\n", Files.readString(scripts.file("runs")), "the script was run once");
            assertEquals(1, staging.getBuilds().size());
            jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.ARCHIVE, "a1")));
        });
    }

    @Test
    void noteIsKept() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        Instant[] at = new Instant[1];
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            Staging staging = demo.finished(demo.submit(Kind.CREATE, "a1")).getParent();
            NoteService.write(
                    staging,
                    "for Anna’s <demo>\non Thursday & Friday",
                    List.of(new Cause.UpstreamCause(upstream(jenkins))));
            at[0] = staging.note().at();
        });
        sessions.then(jenkins -> {
            Note note = TestProject.again(jenkins).staging("a1").note();
            assertEquals("for Anna’s <demo>\non Thursday & Friday", note.text());
            assertEquals("upstream #1", note.by());
            assertEquals(at[0], note.at());
        });
    }

    private static Run<?, ?> upstream(JenkinsRule jenkins) throws Exception {
        return jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("upstream"));
    }

    @ParameterizedTest(name = "queue lost: {0}")
    @ValueSource(booleans = {false, true})
    void queuedActionIsDoneAfterTheRestart(boolean queueLost) throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent").toComputer().setTemporarilyOffline(true, null);
            demo.submit(Kind.CREATE, "a1", "A=1");
            assertNotNull(Jenkins.get().getQueue().getItem(demo.staging("a1")));
        });
        if (queueLost) {
            // As after a kill: Jenkins writes its queue when it stops in good order.
            Files.delete(sessions.getHome().toPath().resolve("queue.xml"));
        }
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            Jenkins.get().getNode("agent").toComputer().setTemporarilyOffline(false, null);
            Staging staging = demo.staging("a1");
            TestProject.await("the action to be done", () -> staging.isBusy() ? null : staging);
            assertEquals(Status.Running, staging.getStatus());
            assertEquals(1, staging.getBuilds().size());
            assertNotNull(staging.getLastBuild().getCause(Cause.UserIdCause.class), "it is still known who asked");
        });
    }

    /** Of the first run of a1, while Jenkins is down. */
    private void hoursPass() throws IOException {
        Path run = sessions.getHome().toPath().resolve("jobs/demo/jobs/a1/builds/1/build.xml");
        String before = Files.readString(run);
        String later = before.replaceFirst("<startedAt>\\d+</startedAt>", "<startedAt>1000</startedAt>");
        assertFalse(later.equals(before), before);
        Files.writeString(run, later);
    }

    @Test
    void theTimeOfAScriptGoesOnWhileJenkinsIsDown() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        Path pid = scripts.file("pid");
        scripts.with(ControlScript.CREATE, "echo $$ >'" + pid + "'; echo before; while true; do sleep 0.1; done");
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            demo.printing(demo.submit(Kind.CREATE, "a1"), "before");
        });
        long process = Long.parseLong(Files.readString(pid).trim());
        assertTrue(Processes.isRunning(process));
        hoursPass();
        sessions.then(jenkins -> {
            Staging staging = TestProject.again(jenkins).staging("a1");
            TestProject.await("the run to end", () -> staging.isBusy() ? null : staging);
            StagingRun run = staging.getLastBuild();
            jenkins.assertBuildStatus(Result.FAILURE, run);
            assertTrue(
                    run.getReason().startsWith("“create” didn’t end within 1,800 seconds and was killed"),
                    run.getReason());
            assertEquals("before\n", recorded(run, LogStream.STDOUT));
            assertEquals(Status.GenericFailure, staging.getStatus());
            assertFalse(Processes.isRunning(process));
        });
    }

    @Test
    void whatEndedWhileJenkinsWasDownIsNotLate() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        Path go = scripts.file("go");
        Path ended = scripts.file("ended");
        scripts.with(
                ControlScript.CREATE,
                "echo before; while [ ! -e '" + go + "' ]; do sleep 0.1; done; touch '" + scripts.file("state")
                        + "'; yes 0123456789 | head -n 100000; touch '" + ended + "'");
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            demo.printing(demo.submit(Kind.CREATE, "a1"), "before");
        });
        Files.createFile(go);
        TestProject.await("the script to end", () -> Files.exists(ended) ? true : null);
        hoursPass();
        sessions.then(jenkins -> {
            Staging staging = TestProject.again(jenkins).staging("a1");
            TestProject.await("the run to go on", () -> staging.isBusy() ? null : staging);
            jenkins.assertBuildStatus(Result.SUCCESS, staging.getLastBuild());
            assertEquals(
                    "before\n" + "0123456789\n".repeat(100000), recorded(staging.getLastBuild(), LogStream.STDOUT));
        });
    }

    @Test
    void cancellingWhileItsAgentIsAwayKillsTheScriptLater() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        Path pid = scripts.file("pid");
        scripts.with(ControlScript.CREATE, "echo $$ > '" + pid + "'; echo before; sleep 600");
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            demo.printing(demo.submit(Kind.CREATE, "a1"), "before");
            Jenkins.get().getNode("agent").toComputer().setTemporarilyOffline(true, null);
        });
        long script = Long.parseLong(Files.readString(pid).trim());
        sessions.then(jenkins -> {
            Staging staging = TestProject.again(jenkins).staging("a1");
            Queue.Item waiting = TestProject.await(
                    "it to wait for its agent", () -> Queue.getInstance().getItem(staging));
            assertTrue(Processes.isRunning(script));
            Queue.getInstance().cancel(waiting);
            TestProject.await("it to wait again", () -> {
                Queue.Item again = Queue.getInstance().getItem(staging);
                return again == null || again.getId() == waiting.getId() ? null : again;
            });
            assertTrue(staging.isBusy(), "its script runs");
            Jenkins.get().getNode("agent").toComputer().setTemporarilyOffline(false, null);
            TestProject.await("the script to be killed", () -> staging.isBusy() ? null : true);
            assertFalse(Processes.isRunning(script));
            jenkins.assertBuildStatus(Result.ABORTED, staging.getLastBuild());
            assertEquals(Status.GenericFailure, staging.getStatus());
        });
    }

    @Test
    void agentIsGoneAfterTheRestart() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        scripts.with(ControlScript.CREATE, "echo before; sleep 20");
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            demo.printing(demo.submit(Kind.CREATE, "a1"), "before");
        });
        Files.delete(sessions.getHome().toPath().resolve("nodes/agent/config.xml"));
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            Staging staging = demo.staging("a1");
            TestProject.await("the run to be ended", () -> staging.isBusy() ? null : staging);
            assertEquals(Status.GenericFailure, staging.getStatus());
            StagingRun run = staging.getLastBuild();
            jenkins.assertBuildStatus(Result.FAILURE, run);
            assertTrue(run.getReason().contains("was removed from Jenkins"), run.getReason());
        });
    }

    @Test
    void brokenRecordLosesNoStaging() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            demo.finished(demo.submit(Kind.CREATE, "a1", "A=1"));
        });
        Files.writeString(sessions.getHome().toPath().resolve("jobs/demo/jobs/a1/observed.xml"), "<octopod-obs");
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            assertEquals(Status.GenericFailure, demo.staging("a1").getStatus());
            assertEquals("A=1", demo.staging("a1").getApplicationOverrides().toString());
            jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.UPDATE, "a1")));
            assertEquals(Status.Running, demo.staging("a1").getStatus());
        });
    }

    @Test
    void recordsSurvive() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        scripts.with(ControlScript.INFO, "echo 'app,https://example.com/?a=<b>&c'; echo 'bad,javascript:alert(1)'");
        String hostile = "<script>alert('x')</script> & \"quotes\" \t 'é' end ";
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            demo.finished(demo.submit(Kind.CREATE, "a1", "A=" + hostile, "a.b. c=1", "-D"));
        });
        sessions.then(jenkins -> {
            Staging staging = TestProject.again(jenkins).staging("a1");
            assertEquals(Status.Running, staging.getStatus());
            assertEquals(
                    hostile.stripTrailing(),
                    staging.getApplicationOverrides().value("A").orElseThrow());
            assertEquals(
                    List.of("A", "a.b.c", "D"),
                    List.copyOf(staging.getApplicationOverrides().asMap().keySet()));
            assertEquals(2, staging.getLinks().size());
            assertEquals(
                    "https://example.com/?a=<b>&c", staging.getLinks().get(0).url());
            assertFalse(staging.getLinks().get(1).isSafe());
        });
    }

    private static String recorded(StagingRun run, LogStream stream) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunLogReader.of(run).copyTo(stream, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** As after a backup without that file. */
    @Test
    void theScriptOfARunThatCannotBeLoadedIsFollowed() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        Path go = scripts.file("go");
        scripts.with(
                ControlScript.CREATE,
                "echo x >> '" + scripts.file("runs") + "'; echo before; while [ ! -e '" + go
                        + "' ]; do sleep 0.1; done; touch '" + scripts.file("state") + "'");
        Path[] stored = new Path[1];
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            StagingRun run = demo.printing(demo.submit(Kind.CREATE, "a1"), "before");
            stored[0] = run.getRootDir().toPath().resolve("build.xml");
        });
        Files.delete(stored[0]);
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            Staging staging = demo.staging("a1");
            StagingRun again = TestProject.await("another run", staging::unfinishedRun);
            jenkins.waitForMessage("“create” of run #1 may still be running on agent “agent”", again);
            assertTrue(staging.isUnclear());
            assertEquals(1, Files.readAllLines(scripts.file("runs")).size());
            Files.createFile(go);
            TestProject.await("the other run to go on", () -> staging.isBusy() ? null : true);
            jenkins.assertBuildStatus(Result.SUCCESS, again);
        });
    }
}
