package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.EnvVars;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.model.TaskListener;
import hudson.slaves.AbstractCloudComputer;
import hudson.slaves.AbstractCloudSlave;
import hudson.slaves.ComputerLauncher;
import hudson.slaves.EphemeralNode;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.Processes;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.support.AgentChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.durabletask.executors.OnceRetentionStrategy;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Runs whose agent is not what it was when Jenkins has been restarted. */
@Tag("jenkins")
class RestartedAgentTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    /** An agent of a cloud, which is terminated when its only task has ended, such as a pod. */
    public static final class Pod extends AbstractCloudSlave {

        private static final long serialVersionUID = 1L;

        Pod(String root, ComputerLauncher launcher) throws Exception {
            super("pod", root, launcher);
            setNumExecutors(1);
            setLabelString(TestProject.LABEL);
            setRetentionStrategy(new OnceRetentionStrategy(1));
        }

        @Override
        public AbstractCloudComputer<Pod> createComputer() {
            return new AbstractCloudComputer<>(this);
        }

        @Override
        protected void _terminate(TaskListener listener) {
            listener.getLogger().println("terminated");
        }

        @TestExtension
        public static final class DescriptorImpl extends SlaveDescriptor {}
    }

    /** An agent that Jenkins knows only as long as it is connected. */
    public static final class Swarm extends Slave implements EphemeralNode {

        private static final long serialVersionUID = 1L;

        Swarm(String root, ComputerLauncher launcher) throws Exception {
            super("swarm", root, launcher);
            setNumExecutors(1);
            setLabelString(TestProject.LABEL);
            setRetentionStrategy(RetentionStrategy.NOOP);
        }

        @Override
        public Node asNode() {
            return this;
        }

        @TestExtension
        public static final class DescriptorImpl extends SlaveDescriptor {}
    }

    @AfterEach
    void reset() throws IOException {
        System.clearProperty(AgentChannel.RECONNECT_TIMEOUT);
        release();
    }

    private ScriptDirectory held() throws IOException {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        return scripts.with(
                ControlScript.CREATE,
                "echo $$ > '" + scripts.file("pid") + "'; echo before; while [ ! -e '" + go()
                        + "' ]; do sleep 0.1; done; echo after; touch '" + scripts.file("state") + "'");
    }

    private Path go() {
        return directory.resolve("go");
    }

    private void release() throws IOException {
        if (!Files.exists(go())) {
            Files.createFile(go());
        }
    }

    private long script(ScriptDirectory scripts) throws IOException {
        return Long.parseLong(Files.readString(scripts.file("pid")).trim());
    }

    private Slave connectSwarm(JenkinsRule jenkins) throws Exception {
        Slave swarm = new Swarm(directory.resolve("swarm").toString(), jenkins.createComputerLauncher(new EnvVars()));
        TestProject.addAgent(jenkins, swarm);
        return swarm;
    }

    /** A session of Jenkins that stops while a script runs on an agent that isn’t stored. */
    private void beginOnSwarm(ScriptDirectory scripts) throws Throwable {
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            connectSwarm(jenkins);
            demo.printing(demo.submit(Kind.CREATE, "a1"), "before");
        });
    }

    private static StagingRun ended(TestProject demo) throws Exception {
        Staging staging = demo.staging("a1");
        TestProject.await("the run to end", () -> staging.isBusy() ? null : true);
        return staging.getLastBuild();
    }

    @Test
    void anAgentForOneTaskIsKeptForTheRun() throws Throwable {
        ScriptDirectory scripts = held();
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            TestProject.addAgent(
                    jenkins,
                    new Pod(directory.resolve("pod").toString(), jenkins.createComputerLauncher(new EnvVars())));
            demo.printing(demo.submit(Kind.CREATE, "a1"), "before");
        });
        assertTrue(Processes.isRunning(script(scripts)));
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            StagingRun run = demo.staging("a1").getLastBuild();
            jenkins.waitForMessage("This run continues where it stopped", run);
            release();
            jenkins.assertBuildStatus(Result.SUCCESS, ended(demo));
            TestProject.await("its agent to be gone", () -> jenkins.jenkins.getNode("pod") == null ? true : null);
        });
    }

    @Test
    void anAgentOfACloudTakesItsScriptAlong() throws Throwable {
        System.setProperty(AgentChannel.RECONNECT_TIMEOUT, "2");
        ScriptDirectory scripts = held();
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            Pod pod = new Pod(directory.resolve("pod").toString(), jenkins.createComputerLauncher(new EnvVars()));
            TestProject.addAgent(jenkins, pod);
            demo.printing(demo.submit(Kind.CREATE, "a1"), "before");
            pod.terminate();
            jenkins.assertBuildStatus(Result.FAILURE, ended(demo));
            Staging staging = demo.staging("a1");
            TestProject.await("the staging to be clear", () -> staging.isUnclear() ? null : true);
            demo.connectAgent("another");
            release();
            jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.UPDATE, "a1")));
        });
    }

    @Test
    void anAgentThatIsNotStoredGetsTimeToComeBack() throws Throwable {
        ScriptDirectory scripts = held();
        beginOnSwarm(scripts);
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            demo.connectAgent("another");
            Staging staging = demo.staging("a1");
            TestProject.await("the run to wait", () -> Queue.getInstance().getItem(staging));
            connectSwarm(jenkins);
            jenkins.waitForMessage("This run continues where it stopped", staging.getLastBuild());
            release();
            jenkins.assertBuildStatus(Result.SUCCESS, ended(demo));
            assertEquals("swarm", staging.getLastBuild().agentName());
        });
    }

    @Test
    void anAgentThatDoesNotComeBackIsWaitedForAsLongAsAfterALostConnection() throws Throwable {
        ScriptDirectory scripts = held();
        beginOnSwarm(scripts);
        System.setProperty(AgentChannel.RECONNECT_TIMEOUT, "1");
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            StagingRun run = ended(demo);
            jenkins.assertBuildStatus(Result.FAILURE, run);
            assertTrue(run.getReason().contains("“create” may still be running on agent “swarm”"), run.getReason());
            assertTrue(demo.staging("a1").isUnclear());
            assertEquals(Status.GenericFailure, demo.staging("a1").getStatus());
            TestProject.await(
                    "its item to leave the queue", () -> Queue.getInstance().getItems().length == 0 ? true : null);
            connectSwarm(jenkins);
            release();
            TestProject.await(
                    "the script's end to be known", () -> demo.staging("a1").isUnclear() ? null : true);
        });
    }

    @Test
    void anAbortIsNotForgottenWhenTheRunIsGivenUp() throws Throwable {
        ScriptDirectory scripts = held();
        beginOnSwarm(scripts);
        System.setProperty(AgentChannel.RECONNECT_TIMEOUT, "10");
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            Staging staging = demo.staging("a1");
            Queue.Item waiting = TestProject.await(
                    "the run to wait", () -> Queue.getInstance().getItem(staging));
            Queue.getInstance().cancel(waiting);
            StagingRun run = ended(demo);
            assertTrue(run.isAbortRequested());
            assertTrue(staging.isUnclear());
            assertTrue(Processes.isRunning(script(scripts)));
            connectSwarm(jenkins);
            TestProject.await("the script's end to be known", () -> staging.isUnclear() ? null : true);
            assertFalse(Processes.isRunning(script(scripts)));
        });
    }

    @Test
    void aStepThatResumesWaitsForAnAgentThatIsNotStored() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        scripts.with(
                ControlScript.CONFIG_CHECK,
                "touch '" + scripts.file("asked") + "'; while [ ! -e '" + go() + "' ]; do sleep 0.1; done");
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            connectSwarm(jenkins);
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline");
            job.setDefinition(new CpsFlowDefinition("octopodDeploy project: 'demo', name: 'a1'", true));
            WorkflowRun pipeline = Objects.requireNonNull(job.scheduleBuild2(0)).waitForStart();
            TestProject.await("config_check", () -> Files.exists(scripts.file("asked")) ? true : null);
            jenkins.jenkins.doQuietDown();
            release();
            jenkins.waitForMessage("This step waits and then submits its request again.", pipeline);
            assertEquals(0, demo.project.getItems().size());
        });
        sessions.then(jenkins -> {
            WorkflowRun pipeline = Objects.requireNonNull(
                            jenkins.jenkins.getItemByFullName("pipeline", WorkflowJob.class))
                    .getLastBuild();
            jenkins.waitForMessage("No agent has the label", pipeline);
            connectSwarm(jenkins);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(pipeline));
        });
    }

    @Test
    void theConnectionBreaksWhenARunHasJustResumed() throws Throwable {
        ScriptDirectory scripts = held();
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            Slave agent = demo.connectAgent("agent");
            demo.printing(demo.submit(Kind.CREATE, "a1"), "before");
            agent.toComputer().setTemporarilyOffline(true, null);
        });
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            Staging staging = demo.staging("a1");
            Slave agent = (Slave) Jenkins.get().getNode("agent");
            TestProject.await("the agent", agent::getChannel);
            TestProject.await("the run to wait", () -> Queue.getInstance().getItem(staging));
            ProcessHandle process = SweptProject.process(agent);
            SweptProject.signal("STOP", process);
            agent.toComputer().setTemporarilyOffline(false, null);
            StagingRun run = staging.getLastBuild();
            jenkins.waitForMessage("This run continues where it stopped", run);
            SweptProject.signal("KILL", process);
            jenkins.waitForMessage("The connection to agent “agent” was lost", run);
            assertTrue(run.isBuilding());
            SweptProject.reconnect(agent);
            release();
            jenkins.assertBuildStatus(Result.SUCCESS, ended(demo));
            assertFalse(staging.isUnclear());
        });
    }
}
