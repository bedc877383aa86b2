package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.Processes;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.log.LogStream;
import io.jenkins.plugins.octopod.staging.log.RunLogReader;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.support.AgentChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Runs that are aborted, and runs whose agent goes away. */
@WithSharedJenkins
class InterruptedRunTest {

    private static final String PATIENCE = AgentChannel.RECONNECT_TIMEOUT;

    @TempDir
    private Path directory;

    private ScriptDirectory scripts;
    private TestProject demo;
    private JenkinsRule jenkins;
    private Slave agent;

    @BeforeEach
    void connect(JenkinsRule rule) throws Exception {
        jenkins = rule;
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        demo = TestProject.withScripts(rule, scripts.path());
        agent = demo.connectAgent("agent");
    }

    @AfterEach
    void reset() {
        System.clearProperty(PATIENCE);
    }

    @Test
    void abortKillsWhatTheScriptStarted() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        Path pid = scripts.file("pid");
        scripts.with(
                ControlScript.UPDATE,
                "setsid sh -c 'trap \"\" TERM; echo $$ > \"" + pid + "\"; sleep 600; sleep 600' &\n"
                        + "echo begun; sleep 600");
        AcceptedRequest update = demo.submit(Kind.UPDATE, "a1");
        StagingRun run = demo.printing(update, "begun");
        long child = TestProject.await(
                "the child",
                () -> Files.exists(pid) ? Long.parseLong(Files.readString(pid).trim()) : null);
        run.getExecutor().interrupt(Result.ABORTED);
        demo.finished(update);

        jenkins.assertBuildStatus(Result.ABORTED, run);
        jenkins.assertLogContains("“update” was killed with all processes that it had started.", run);
        assertFalse(Processes.isRunning(child), "a detached child is killed");
        assertEquals(Status.Running, demo.staging("a1").getStatus(), "check says that the old one runs");
        assertFalse(demo.staging("a1").isBusy());
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.ARCHIVE, "a1")));
    }

    @Test
    void abortWhileWaitingForCheck() throws Exception {
        demo.project.setStatusTimeout(600);
        scripts.with(ControlScript.CHECK, "echo 'not ready' >&2; exit 2");
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        StagingRun run = demo.printing(create, "Still waiting");
        run.getExecutor().interrupt(Result.ABORTED);
        demo.finished(create);
        jenkins.assertBuildStatus(Result.ABORTED, run);
        assertEquals(Status.PartialAvailability, demo.staging("a1").getStatus());
    }

    @Test
    void abortedArchive() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        scripts.with(ControlScript.ARCHIVE, "echo begun; sleep 600");
        AcceptedRequest archive = demo.submit(Kind.ARCHIVE, "a1");
        demo.printing(archive, "begun").getExecutor().interrupt(Result.ABORTED);
        jenkins.assertBuildStatus(Result.ABORTED, demo.finished(archive));
        assertEquals(Status.ArchivePending, demo.staging("a1").getStatus());
        scripts.with(ControlScript.ARCHIVE, "rm -f '" + scripts.file("state") + "'");
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.ARCHIVE, "a1")));
    }

    @Test
    void scriptRunsOnWhileItsAgentIsAway() throws Exception {
        Path go = scripts.file("go");
        scripts.with(
                ControlScript.CREATE,
                "echo before; while [ ! -e '" + go + "' ]; do sleep 0.1; done; echo after; echo last >&2; touch '"
                        + scripts.file("state") + "'");
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        StagingRun run = demo.printing(create, "before");
        agent.toComputer().disconnect(new OfflineCause.ByCLI("for a test")).get();
        jenkins.waitForMessage("The connection to agent “agent” was lost", run);
        Files.createFile(go);
        TestProject.await(
                "the script to end without its agent", () -> Files.exists(scripts.file("state")) ? true : null);
        agent.toComputer().connect(false).get();
        demo.finished(create);

        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains("Agent “agent” is connected again.", run);
        assertEquals("before\nafter\n", recorded(run, LogStream.STDOUT));
        assertEquals("last\n", recorded(run, LogStream.STDERR));
    }

    @Test
    void agentDoesNotComeBack() throws Exception {
        System.setProperty(PATIENCE, "1");
        scripts.with(ControlScript.CREATE, "echo before; sleep 20");
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        StagingRun run = demo.printing(create, "before");
        agent.toComputer().disconnect(new OfflineCause.ByCLI("for a test")).get();
        demo.finished(create);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertEquals(
                "Agent “agent” was disconnected and didn’t reconnect within 1 seconds: see "
                        + "whether it is online, then try again. “create” may still be running on agent "
                        + "“agent”.",
                run.getReason());
        assertEquals(Status.GenericFailure, demo.staging("a1").getStatus());
        assertFalse(demo.staging("a1").isBusy());
    }

    @Test
    void agentIsRemoved() throws Exception {
        scripts.with(ControlScript.CREATE, "echo before; sleep 20");
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        StagingRun run = demo.printing(create, "before");
        jenkins.jenkins.removeNode(agent);
        demo.finished(create);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertEquals(Status.GenericFailure, demo.staging("a1").getStatus());
        assertFalse(demo.staging("a1").isBusy());
    }

    @Test
    void configurationIsReadAgainWhileRunning() throws Exception {
        Path go = scripts.file("go");
        scripts.with(
                ControlScript.CREATE,
                "echo before; while [ ! -e '" + go + "' ]; do sleep 0.1; done; touch '" + scripts.file("state") + "'");
        scripts.with(ControlScript.INFO, "echo app,https://example.com");
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        demo.printing(create, "before");
        jenkins.jenkins.reload();
        TestProject reloaded = TestProject.again(jenkins);
        Staging staging = reloaded.staging("a1");
        assertTrue(staging.isBusy());
        Files.createFile(go);
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
        assertEquals(Status.Running, staging.getStatus());
        assertEquals(1, staging.getLinks().size());
        assertEquals(1, staging.getBuilds().size());
        jenkins.assertBuildStatus(Result.SUCCESS, reloaded.finished(reloaded.submit(Kind.ARCHIVE, "a1")));
    }

    @Test
    void projectIsDeletedWhileRunning() throws Exception {
        Path pid = scripts.file("pid");
        scripts.with(ControlScript.CREATE, "sleep 600 & echo $! > '" + pid + "'; echo before; wait");
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        demo.printing(create, "before");
        long sleep = Long.parseLong(Files.readString(pid).trim());
        assertTrue(Processes.isRunning(sleep));
        demo.project.delete();
        assertEquals(null, jenkins.jenkins.getItem("demo"));
        Computer computer = agent.toComputer();
        TestProject.await("the executor to be free", () -> computer.isIdle() ? true : null);
        assertFalse(Processes.isRunning(sleep), "the script is killed");
        assertTrue(!Files.exists(demo.project.getRootDir().toPath()));
    }

    private static String recorded(StagingRun run, LogStream stream) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunLogReader.of(run).copyTo(stream, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
