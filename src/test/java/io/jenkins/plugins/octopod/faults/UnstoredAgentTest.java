package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Node;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.model.TaskListener;
import hudson.slaves.AbstractCloudComputer;
import hudson.slaves.AbstractCloudSlave;
import hudson.slaves.ComputerLauncher;
import hudson.slaves.EphemeralNode;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.queue.StartedScripts;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.support.AgentChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Agents that Jenkins does not store, and that go away for longer than Jenkins waits for them while their script runs. */
@WithSharedJenkins
class UnstoredAgentTest {

    @TempDir
    private Path directory;

    private ScriptDirectory scripts;
    private TestProject demo;
    private JenkinsRule jenkins;

    /** Jenkins does not store it, as those of Swarm. */
    private static final class Registered extends Slave implements EphemeralNode {

        private static final long serialVersionUID = 1L;

        Registered(Path root, ComputerLauncher launcher) throws Exception {
            super("registered", root.toString(), launcher);
            setLabelString(TestProject.LABEL);
            setRetentionStrategy(RetentionStrategy.NOOP);
        }

        @Override
        public Node asNode() {
            return this;
        }
    }

    /** Jenkins does not store it, and it is made by a cloud, as those of Mesos and Nomad. */
    private static final class OneShot extends AbstractCloudSlave implements EphemeralNode {

        private static final long serialVersionUID = 1L;

        OneShot(Path root, ComputerLauncher launcher) throws Exception {
            super("one-shot", root.toString(), launcher);
            setLabelString(TestProject.LABEL);
            setRetentionStrategy(RetentionStrategy.NOOP);
        }

        @Override
        public AbstractCloudComputer<OneShot> createComputer() {
            return new AbstractCloudComputer<>(this);
        }

        @Override
        protected void _terminate(TaskListener listener) {}

        @Override
        public Node asNode() {
            return this;
        }
    }

    @BeforeEach
    void hold(JenkinsRule rule) throws Exception {
        jenkins = rule;
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        scripts.with(
                ControlScript.CREATE, "echo before; while [ ! -e '" + scripts.file("go") + "' ]; do sleep 0.1; done");
        demo = TestProject.withScripts(rule, scripts.path());
    }

    @AfterEach
    void release() throws Exception {
        System.clearProperty(AgentChannel.RECONNECT_TIMEOUT);
        if (!Files.exists(scripts.file("go"))) {
            Files.createFile(scripts.file("go"));
        }
    }

    /** A CREATE whose agent is removed while its script runs, and does not come back. */
    private Staging removedMeanwhile(Slave removed) throws Exception {
        TestProject.addAgent(jenkins, removed);
        System.setProperty(AgentChannel.RECONNECT_TIMEOUT, "1");
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        StagingRun run = demo.printing(create, "before");
        jenkins.jenkins.removeNode(removed);
        demo.finished(create);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        return demo.staging("a1");
    }

    @Test
    void aScriptEndsWithTheMachineOfItsCloudAlsoIfJenkinsDoesNotStoreTheAgent() throws Exception {
        removedMeanwhile(new OneShot(directory.resolve("one-shot"), jenkins.createComputerLauncher(null)));
        TestProject.await(
                "the script's end to be known", () -> demo.staging("a1").isUnclear() ? null : true);
    }

    @Test
    void aUserSaysThatItHasEndedIfItsAgentDoesNotRegisterAgain() throws Exception {
        Staging staging =
                removedMeanwhile(new Registered(directory.resolve("registered"), jenkins.createComputerLauncher(null)));
        assertTrue(staging.isUnclear());
        String told = TestProject.await("what to do to be told", () -> {
            String message = StartedScripts.message(staging);
            return message != null && message.contains("choose “Confirm that the script has ended”") ? message : null;
        });
        assertTrue(told.contains("on agent “registered”, which"), told);
        assertThrows(RefusalException.class, () -> demo.submit(Kind.UPDATE, "a1"));
        release();
        StagingService.confirmEnded(staging);
        assertFalse(staging.isUnclear());
    }
}
