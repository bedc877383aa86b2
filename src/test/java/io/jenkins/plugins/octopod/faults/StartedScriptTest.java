package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Computer;
import hudson.model.Failure;
import hudson.model.Items;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.remoting.Channel;
import hudson.slaves.NodePropertyDescriptor;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.Processes;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.queue.StartedScripts;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.state.AgentKind;
import io.jenkins.plugins.octopod.staging.state.StartedScript;
import io.jenkins.plugins.octopod.staging.support.AgentChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A script is Jenkins’ until it is known to have ended: whatever its agent does, it is followed, and nothing runs beside it. */
@WithJenkins
@Tag("jenkins")
class StartedScriptTest {

    @TempDir
    private Path directory;

    private ScriptDirectory scripts;
    private TestProject demo;
    private JenkinsRule jenkins;
    private Slave agent;

    @TestExtension
    public static final class HeldPreparationDescriptor extends NodePropertyDescriptor {
        public HeldPreparationDescriptor() {
            super(HeldPreparation.class);
        }
    }

    /** Breaks the connection at the last moment before a script is started. */
    @TestExtension("aConnectionThatBreaksBeforeTheStartIsNoStart")
    public static final class Breaking extends StagingListener {

        private static volatile Computer computer;
        private static volatile Future<?> disconnected;

        @Override
        public void onChanged(Staging staging) {
            Computer connected = computer;
            if (connected != null && staging.observedState().startedScript() != null) {
                computer = null;
                Channel channel = (Channel) connected.getChannel();
                disconnected = connected.disconnect(new OfflineCause.ByCLI("for a test"));
                try {
                    channel.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    @BeforeEach
    void connect(JenkinsRule rule) throws Exception {
        jenkins = rule;
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        demo = TestProject.withScripts(rule, scripts.path());
        agent = demo.connectAgent("agent");
        scripts.with(ControlScript.CREATE, heldBody());
    }

    @AfterEach
    void reset() throws IOException {
        System.clearProperty(AgentChannel.RECONNECT_TIMEOUT);
        HeldPreparation.release();
        Breaking.computer = null;
        Breaking.disconnected = null;
        release();
    }

    private String heldBody() {
        return "echo $$ >> '" + scripts.file("pid") + "'; echo before; while [ ! -e '" + scripts.file("go")
                + "' ]; do sleep 0.1; done; echo after; touch '" + scripts.file("state") + "'";
    }

    private void release() throws IOException {
        if (!Files.exists(scripts.file("go"))) {
            Files.createFile(scripts.file("go"));
        }
    }

    private long script() throws IOException {
        List<String> lines = Files.readAllLines(scripts.file("pid"));
        return Long.parseLong(lines.get(lines.size() - 1).trim());
    }

    private void disconnect() throws Exception {
        agent.toComputer().disconnect(new OfflineCause.ByCLI("for a test")).get();
    }

    private void reconnect() throws Exception {
        agent.toComputer().connect(false).get();
        jenkins.waitOnline(agent);
    }

    /** A CREATE that is given up while its script runs, as its agent is away. */
    private StagingRun givenUp() throws Exception {
        System.setProperty(AgentChannel.RECONNECT_TIMEOUT, "1");
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        demo.printing(create, "before");
        disconnect();
        StagingRun run = demo.finished(create);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertTrue(Processes.isRunning(script()));
        assertTrue(demo.staging("a1").isUnclear());
        return run;
    }

    private void awaitClear() throws Exception {
        Staging staging = demo.staging("a1");
        TestProject.await("the script's end to be known", () -> staging.isUnclear() ? null : true);
    }

    @Test
    void theConnectionBreaksAgainWhileItIsUsedForTheFirstTime() throws Exception {
        scripts.with(
                ControlScript.INIT,
                "if [ -e '" + scripts.file("hang") + "' ]; then touch '" + scripts.file("hanging") + "'; while [ -e '"
                        + scripts.file("hang") + "' ]; do sleep 0.1; done; fi");
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        StagingRun run = demo.printing(create, "before");
        disconnect();
        jenkins.waitForMessage("The connection to agent “agent” was lost", run);
        Files.createFile(scripts.file("hang"));
        reconnect();
        jenkins.waitForMessage("Agent “agent” is connected again.", run);
        // The script has ended, and init hangs before the first check.
        release();
        TestProject.await("init", () -> Files.exists(scripts.file("hanging")) ? true : null);
        disconnect();
        Files.delete(scripts.file("hang"));
        reconnect();
        demo.finished(create);
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains("after", run);
    }

    @Test
    void theConnectionHealsFasterThanTheAgentIsPrepared() throws Exception {
        HeldPreparation.addTo(agent);
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        StagingRun run = demo.printing(create, "before");
        HeldPreparation.hold();
        disconnect();
        jenkins.waitForMessage("The connection to agent “agent” was lost", run);
        reconnect();
        jenkins.waitForMessage("Agent “agent” is connected again.", run);
        release();
        HeldPreparation.awaitEntered();
        disconnect();
        reconnect();
        HeldPreparation.release();
        demo.finished(create);
        jenkins.assertBuildStatus(Result.SUCCESS, run);
    }

    @Test
    void oneLookThatFailsDoesNotEndTheRun() throws Exception {
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        StagingRun run = demo.printing(create, "before");
        // Reading the exit code fails by an IOException then, as with EMFILE, ESTALE or EIO.
        Path exit = scriptFiles().resolve("exit");
        Files.createDirectory(exit);
        jenkins.waitForMessage("This run tries again", run);
        Files.delete(exit);
        release();
        demo.finished(create);
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains("after", run);
    }

    private Path scriptFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(agent.getRemoteFS()).resolve("octopod"))) {
            return files.filter(file -> Files.exists(file.resolve("stdout")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void theNextActionWaitsForTheScriptOfTheLast() throws Exception {
        StagingRun create = givenUp();
        Path both = scripts.file("both");
        scripts.with(
                ControlScript.UPDATE,
                "if kill -0 " + script() + "; then touch '" + both + "'; fi; touch '" + scripts.file("state") + "'");
        reconnect();
        System.clearProperty(AgentChannel.RECONNECT_TIMEOUT);
        AcceptedRequest update = demo.submit(Kind.UPDATE, "a1");
        demo.printing(update, "“create” of run #" + create.getNumber() + " may still be running on agent “agent”");
        assertTrue(Processes.isRunning(script()));
        release();
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(update));
        assertFalse(Files.exists(both), "two scripts of a staging ran at once");
        assertFalse(demo.staging("a1").isUnclear());
        assertEquals(Status.Running, demo.staging("a1").getStatus());
    }

    @Test
    void theNextActionIsNotDoneWhileTheAgentOfTheLastIsAway() throws Exception {
        givenUp();
        agent.setLabelString("elsewhere");
        jenkins.jenkins.updateNode(agent);
        demo.connectAgent("other");
        StagingRun update = demo.finished(demo.submit(Kind.UPDATE, "a1", "A=1"));
        jenkins.assertBuildStatus(Result.FAILURE, update);
        assertTrue(update.getReason().contains("may still be running on agent “agent”"), update.getReason());
        assertEquals("", demo.staging("a1").getApplicationOverrides().toString());
        assertTrue(demo.staging("a1").isUnclear());
        reconnect();
        release();
        awaitClear();
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.UPDATE, "a1", "A=1")));
    }

    @Test
    void aScriptThatWasGivenUpEndsByItself() throws Exception {
        givenUp();
        Failure refused = assertThrows(Failure.class, () -> demo.staging("a1").delete());
        assertTrue(refused.getMessage().contains("may still be running"), refused.getMessage());
        reconnect();
        TestProject.await(
                "the agent to answer",
                () -> StartedScripts.isFollowed(
                                demo.staging("a1"),
                                demo.staging("a1").observedState().startedScript())
                        ? true
                        : null);
        RefusalException runs =
                assertThrows(RefusalException.class, () -> StagingService.confirmEnded(demo.staging("a1")));
        assertEquals(
                "Agent “agent” is connected, and “create” is still running there. Jenkins will "
                        + "notice when it has ended.",
                runs.getMessage());
        release();
        awaitClear();
        assertTrue(Files.exists(scripts.file("state")), "it came to its end");
        assertEquals(List.of(), TestProject.files(Path.of(agent.getRemoteFS()).resolve("octopod")));
        demo.staging("a1").delete();
    }

    @Test
    void aScriptWhoseTimeIsUpIsKilledWhenItsAgentIsBack() throws Exception {
        demo.project.setScriptTimeout(5);
        givenUp();
        reconnect();
        awaitClear();
        assertFalse(Processes.isRunning(script()));
    }

    @Test
    void aScriptThatWasAbortedIsKilledWhenItsAgentIsBack() throws Exception {
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        StagingRun run = demo.printing(create, "before");
        disconnect();
        jenkins.waitForMessage("The connection to agent “agent” was lost", run);
        run.getExecutor().interrupt(Result.ABORTED);
        demo.finished(create);
        jenkins.assertBuildStatus(Result.ABORTED, run);
        assertTrue(run.getReason().contains("may still be running"), run.getReason());
        assertTrue(Processes.isRunning(script()));
        reconnect();
        awaitClear();
        assertFalse(Processes.isRunning(script()));
    }

    /** The script doesn’t end when it is asked to, so its kill takes a while. */
    @Test
    void theConnectionBreaksWhileTheScriptIsKilled() throws Exception {
        scripts.with(
                ControlScript.CREATE,
                "trap '' TERM; echo $$ >> '" + scripts.file("pid") + "'; echo before; while true; do sleep 0.1; done");
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        StagingRun run = demo.printing(create, "before");
        run.getExecutor().interrupt(Result.ABORTED);
        jenkins.waitForMessage("The run was aborted", run);
        disconnect();
        demo.finished(create);
        jenkins.assertBuildStatus(Result.ABORTED, run);
        reconnect();
        awaitClear();
        assertFalse(Processes.isRunning(script()));
    }

    @Test
    void aUserSaysThatItHasEndedIfItsAgentWasRemoved() throws Exception {
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        StagingRun run = demo.printing(create, "before");
        jenkins.jenkins.removeNode(agent);
        demo.finished(create);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        demo.connectAgent("other");
        Staging staging = demo.staging("a1");
        assertTrue(staging.isUnclear());
        RefusalException refused = assertThrows(RefusalException.class, () -> demo.submit(Kind.UPDATE, "a1"));
        assertTrue(refused.getMessage().contains("which was removed from Jenkins"), refused.getMessage());
        release();
        StagingService.confirmEnded(staging);
        assertFalse(staging.isUnclear());
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.UPDATE, "a1")));
    }

    /** As after a backup was restored: the record has one script, and an unfinished run that it does not know has another. */
    @Test
    void eachOfTwoScriptsIsWaitedFor() throws Exception {
        givenUp();
        Staging staging = demo.staging("a1");
        StartedScript first = staging.observedState().startedScript();
        StartedScript second = StartedScript.by("other", 99, first.script(), "gone", AgentKind.STORED);
        staging.updateObservedState(state -> state.withStartedScript(first.with(second)));
        StartedScript stored = ((Staging) Items.load(demo.project, staging.getRootDir()))
                .observedState()
                .startedScript();
        assertEquals(second, stored.other());
        reconnect();
        release();
        TestProject.await(
                "the end of the first",
                () -> second.equals(staging.observedState().startedScript()) ? true : null);
        assertTrue(staging.isUnclear());
        StagingService.confirmEnded(staging);
        assertFalse(staging.isUnclear());
    }

    @Test
    void aConnectionThatBreaksBeforeTheStartIsNoStart() throws Exception {
        Breaking.computer = agent.toComputer();
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        TestProject.await("the connection to break", () -> Breaking.disconnected)
                .get();
        reconnect();
        release();
        StagingRun run = demo.finished(create);
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        assertEquals(1, Files.readAllLines(scripts.file("pid")).size());
        jenkins.assertLogNotContains("The script continues to run", run);
    }
}
