package io.jenkins.plugins.octopod.staging.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Action;
import hudson.model.Queue;
import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Tests a plugin whose decision about the queue ends with an exception. */
@Tag("jenkins")
class FailingQueueDecisionTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    /** Static, as it is there before a test is: at the start of Jenkins. */
    private static volatile String failsFor;

    @TestExtension
    public static final class FailingHandler extends Queue.QueueDecisionHandler {
        @Override
        public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
            if (task instanceof Staging staging && staging.getName().equals(failsFor)) {
                throw new IllegalStateException("a failing plugin");
            }
            return true;
        }
    }

    @AfterEach
    void reset() {
        failsFor = null;
    }

    @Test
    void aRequestIsRefusedAndLeavesNothing() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            demo.finished(demo.submit(Kind.CREATE, "a1"));
            failsFor = "a1";
            assertThrows(RefusalException.class, () -> demo.submit(Kind.UPDATE, "a1", "A=1"));
            Staging staging = demo.staging("a1");
            assertFalse(staging.isBusy());
            assertEquals(Status.Running, staging.getStatus());
            assertTrue(staging.getApplicationOverrides().asMap().isEmpty());
        });
    }

    @Test
    void otherStagingsGoOnAtTheStartAndThisOneLater() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent").toComputer().setTemporarilyOffline(true, null);
            for (String name : List.of("a1", "b1", "c1")) {
                demo.submit(Kind.CREATE, name);
            }
        });
        Files.delete(sessions.getHome().toPath().resolve("queue.xml"));
        failsFor = "a1";
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            Jenkins.get().getNode("agent").toComputer().setTemporarilyOffline(false, null);
            for (String name : List.of("b1", "c1")) {
                awaitRunning(demo, name);
            }
            assertTrue(demo.staging("a1").isBusy());
            failsFor = null;
            awaitRunning(demo, "a1");
        });
    }

    @Test
    void aRunThatIsToBeAbortedIsQueuedUntilTheQueueTakesIt() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        scripts.with(ControlScript.CREATE, "echo before; sleep 600");
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            demo.printing(demo.submit(Kind.CREATE, "a1"), "before");
            Jenkins.get().getNode("agent").toComputer().setTemporarilyOffline(true, null);
        });
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            Staging staging = demo.staging("a1");
            Queue.Item item = TestProject.await(
                    "the run to be queued", () -> Queue.getInstance().getItem(staging));
            failsFor = "a1";
            assertTrue(QueueCancellation.cancel(staging, item));
            failsFor = null;
            Jenkins.get().getNode("agent").toComputer().setTemporarilyOffline(false, null);
            TestProject.await("the run to be aborted", () -> staging.isBusy() ? null : true);
            jenkins.assertBuildStatus(Result.ABORTED, staging.getLastBuild());
            assertFalse(staging.isUnclear(), "the script was killed");
        });
    }

    private static void awaitRunning(TestProject demo, String name) throws Exception {
        Staging staging = demo.staging(name);
        TestProject.await(name + " to run", () -> staging.isBusy() ? null : staging);
        assertEquals(Status.Running, staging.getStatus());
    }
}
