package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.model.TaskListener;
import hudson.slaves.DelegatingComputerLauncher;
import hudson.slaves.DumbSlave;
import hudson.slaves.NodePropertyDescriptor;
import hudson.slaves.RetentionStrategy;
import hudson.slaves.SlaveComputer;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.Processes;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The process of an agent is killed at each step of a run. The script runs once, and the run ends as if nothing had happened. */
@WithJenkins
@Tag("jenkins")
class AgentKilledAtEachStepTest {

    @TempDir
    private Path directory;

    private ScriptDirectory scripts;
    private TestProject demo;
    private JenkinsRule jenkins;
    private Slave agent;

    /** The control script that the agent is killed in. */
    enum Step {
        INIT(ControlScript.INIT),
        SCRIPT(ControlScript.CREATE),
        CHECK(ControlScript.CHECK),
        INFO(ControlScript.INFO);

        private final ControlScript script;

        Step(ControlScript script) {
            this.script = script;
        }
    }

    @TestExtension
    public static final class HeldPreparationDescriptor extends NodePropertyDescriptor {
        public HeldPreparationDescriptor() {
            super(HeldPreparation.class);
        }
    }

    /** Counts the ends of connections: the end of one may end the process of the next, if that has begun already. */
    private static final class Launcher extends DelegatingComputerLauncher {

        private static final AtomicInteger ENDED = new AtomicInteger();

        Launcher(JenkinsRule rule) throws Exception {
            super(rule.createComputerLauncher(null));
        }

        @Override
        public void afterDisconnect(SlaveComputer computer, TaskListener listener) {
            super.afterDisconnect(computer, listener);
            ENDED.incrementAndGet();
        }
    }

    @BeforeEach
    void connect(JenkinsRule rule) throws Exception {
        jenkins = rule;
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        demo = TestProject.withScripts(rule, scripts.path());
        agent = new DumbSlave("agent", directory.resolve("agent").toString(), new Launcher(rule));
        agent.setLabelString(TestProject.LABEL);
        agent.setRetentionStrategy(RetentionStrategy.NOOP);
        TestProject.addAgent(rule, agent);
        for (Step step : Step.values()) {
            scripts.with(step.script, body(step.script));
        }
    }

    @AfterEach
    void release() throws IOException {
        HeldPreparation.release();
        for (Step step : Step.values()) {
            Files.deleteIfExists(hold(step));
        }
    }

    /** Says that it has begun, and waits as long as a file is there. */
    private String body(ControlScript script) {
        String name = scripts.file(script.fileName()).toString();
        return "echo $$ >> '" + name + ".began'; while [ -e '" + name + ".hold' ]; do sleep 0.1; done; exit 0";
    }

    private Path hold(Step step) {
        return scripts.file(step.script.fileName() + ".hold");
    }

    private List<String> begun(ControlScript script) throws IOException {
        Path began = scripts.file(script.fileName() + ".began");
        return Files.exists(began) ? Files.readAllLines(began) : List.of();
    }

    private void killAndConnect() throws Exception {
        int before = Launcher.ENDED.get();
        SweptProject.kill(agent);
        TestProject.await("the connection to be lost", () -> Launcher.ENDED.get() > before ? true : null);
        agent.toComputer().connect(false).get();
        jenkins.waitOnline(agent);
    }

    private void assertRanOnce(AcceptedRequest create) throws Exception {
        StagingRun run = demo.finished(create);
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        assertEquals(1, begun(ControlScript.CREATE).size(), JenkinsRule.getLog(run));
        Staging staging = demo.staging("a1");
        assertEquals(Status.Running, staging.getStatus());
        assertFalse(staging.isUnclear());
        TestProject.await(
                "the script's files to be gone", () -> filesOfScripts().isEmpty() ? true : null);
    }

    private List<String> filesOfScripts() throws IOException {
        return TestProject.files(Path.of(agent.getRemoteFS()).resolve("octopod"));
    }

    /** A request whose run prepares its agent anew, as soon as that accepts tasks. */
    private AcceptedRequest submitHeld() throws Exception {
        ((SlaveComputer) agent.toComputer()).setAcceptingTasks(false);
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        killAndConnect();
        return create;
    }

    private void beginRun() {
        ((SlaveComputer) agent.toComputer()).setAcceptingTasks(true);
        Queue.getInstance().scheduleMaintenance();
    }

    @Test
    void preparing() throws Exception {
        AcceptedRequest create = submitHeld();
        HeldPreparation.hold();
        HeldPreparation.addTo(agent);
        beginRun();
        HeldPreparation.awaitEntered();
        killAndConnect();
        HeldPreparation.release();
        assertRanOnce(create);
    }

    @ParameterizedTest
    @EnumSource
    void running(Step step) throws Exception {
        AcceptedRequest create = submitHeld();
        int before = begun(step.script).size();
        Files.createFile(hold(step));
        beginRun();
        TestProject.await(step + " to begin", () -> begun(step.script).size() > before ? true : null);
        killAndConnect();
        Files.delete(hold(step));
        assertRanOnce(create);
    }

    /** The script doesn’t end when it is asked to, so its kill takes a while. */
    @Test
    void killing() throws Exception {
        scripts.with(
                ControlScript.CREATE,
                "trap '' TERM; echo $$ >> '" + scripts.file("create.began") + "'; while true; do sleep 0.1; done");
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        TestProject.await(
                "the script to begin", () -> begun(ControlScript.CREATE).isEmpty() ? null : true);
        StagingRun run = TestProject.run(create);
        run.getExecutor().interrupt(Result.ABORTED);
        jenkins.waitForMessage("The run was aborted", run);
        killAndConnect();
        jenkins.assertBuildStatus(Result.ABORTED, demo.finished(create));
        TestProject.await(
                "the script's end to be known", () -> demo.staging("a1").isUnclear() ? null : true);
        assertEquals(1, begun(ControlScript.CREATE).size());
        assertFalse(Processes.isRunning(
                Long.parseLong(begun(ControlScript.CREATE).get(0).trim())));
        TestProject.await(
                "the script's files to be gone", () -> filesOfScripts().isEmpty() ? true : null);
    }
}
