package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.ComputerSet;
import hudson.model.Items;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import hudson.slaves.DumbSlave;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A disk that is full, for the project or for its agent: nothing is lost, and all goes on when there is room again. */
@Tag("jenkins")
@WithJenkins
class FullDiskTest {

    private static final String NO_SPACE = "No space left on device";

    @TempDir
    private Path directory;

    /** Jenkins would take an agent without room offline, whenever its monitors look. They are static. */
    @BeforeEach
    void ignoreMonitors() {
        ComputerSet.getMonitors().forEach(monitor -> monitor.setIgnored(true));
    }

    @AfterEach
    void heedMonitors() {
        ComputerSet.getMonitors().forEach(monitor -> monitor.setIgnored(false));
    }

    private TestProject on(FullDisk disk, JenkinsRule jenkins, Path scripts) throws Exception {
        assertTrue(Files.isDirectory(disk.directory()));
        TestProject demo = TestProject.withScripts(jenkins, scripts);
        demo.connectAgent("agent");
        return demo;
    }

    private static FullDisk mountForProject(JenkinsRule jenkins) throws Exception {
        return FullDisk.mount(jenkins.jenkins.getRootDir().toPath().resolve("jobs/demo"));
    }

    /** As it would be read after a restart. */
    private static Staging stored(TestProject demo, String name) throws Exception {
        return (Staging) Items.load(demo.project, demo.staging(name).getRootDir());
    }

    @Test
    void whatIsAskedForIsRefused(JenkinsRule jenkins) throws Exception {
        try (FullDisk disk = mountForProject(jenkins)) {
            HeldScripts scripts = HeldScripts.in(directory);
            TestProject demo = on(disk, jenkins, directory);
            demo.finished(demo.submit(Kind.CREATE, "there", "A=1"));
            disk.fill();
            for (Kind kind : new Kind[] {Kind.UPDATE, Kind.ARCHIVE, Kind.DEPLOY}) {
                assertRefused(() -> demo.submit(kind, "there", "A=2"));
                for (Staging staging : new Staging[] {demo.staging("there"), stored(demo, "there")}) {
                    assertEquals(Status.Running, staging.getStatus());
                    assertFalse(staging.isBusy());
                    assertEquals("A=1", staging.getApplicationOverrides().toString());
                }
            }
            assertRefused(() -> demo.submit(Kind.CREATE, "new"));
            assertNull(demo.staging("new"));
            assertFalse(Files.exists(disk.directory().resolve("jobs/new")));

            disk.free();
            jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.UPDATE, "there", "A=2")));
            jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.CREATE, "new")));
            assertEquals(1, scripts.calls(ControlScript.UPDATE, "there"));
            assertEquals(1, scripts.calls(ControlScript.CREATE, "new"));
        }
    }

    private static void assertRefused(org.junit.jupiter.api.function.Executable request) {
        RefusalException refusal = assertThrows(RefusalException.class, request);
        assertEquals(Reason.UNAVAILABLE, refusal.getReason());
        assertTrue(refusal.getMessage().startsWith("Jenkins couldn’t save the change: "), refusal.getMessage());
        assertTrue(refusal.getMessage().endsWith(NO_SPACE + ". Nothing was run."), refusal.getMessage());
    }

    @Test
    void whatRunsAndWhatIsQueuedWaitsForRoom(JenkinsRule jenkins) throws Exception {
        try (FullDisk disk = mountForProject(jenkins)) {
            HeldScripts scripts = HeldScripts.in(directory);
            TestProject demo = on(disk, jenkins, directory);
            demo.finished(demo.submit(Kind.CREATE, "queued", "A=1"));
            scripts.hold("running");
            AcceptedRequest running = demo.submit(Kind.CREATE, "running");
            StagingRun run = demo.printing(running, "create begins");
            AcceptedRequest queued = demo.submit(Kind.UPDATE, "queued", "A=2");
            disk.fill();
            scripts.release("running");
            TestProject.await(
                    "the script to end", () -> Files.exists(directory.resolve("state-running")) ? true : null);
            demo.connectAgent("other");
            TestProject.await(
                    "it to be queued again",
                    () -> Queue.getInstance().getItem(queued.staging()) instanceof Queue.WaitingItem ? true : null);
            assertNull(TestProject.run(queued));
            assertTrue(run.isBuilding());
            assertEquals(Status.CreatePending, demo.staging("running").getStatus());
            assertEquals(Status.UpdatePending, demo.staging("queued").getStatus());

            disk.free();
            demo.finished(running);
            jenkins.assertBuildStatus(Result.SUCCESS, run);
            String log = JenkinsRule.getLog(run);
            assertEquals(1, log.lines().filter("create begins"::equals).count(), log);
            assertEquals(1, log.lines().filter("create ends"::equals).count(), log);
            assertTrue(log.contains("Jenkins could temporarily not write to disk: " + NO_SPACE), log);
            jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(queued));
            assertEquals(1, scripts.calls(ControlScript.UPDATE, "queued"));
            for (String name : new String[] {"running", "queued"}) {
                Staging stored = stored(demo, name);
                assertEquals(Status.Running, stored.getStatus());
                assertFalse(stored.isBusy());
                assertEquals(Result.SUCCESS, stored.getLastBuild().getResult());
            }
        }
    }

    /** Stops runs of one staging just before they start their script. */
    @TestExtension("aRunThatCantBeStoredStartsNothing")
    public static final class Stop extends RunListener<StagingRun> {

        private static final CountDownLatch REACHED = new CountDownLatch(1);
        private static final CountDownLatch GO_ON = new CountDownLatch(1);

        public Stop() {
            super(StagingRun.class);
        }

        @Override
        public void onStarted(@NonNull StagingRun run, TaskListener listener) {
            if (run.getNumber() == 2) {
                REACHED.countDown();
                try {
                    GO_ON.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    @Test
    void aRunThatCantBeStoredStartsNothing(JenkinsRule jenkins) throws Exception {
        try (FullDisk disk = mountForProject(jenkins)) {
            HeldScripts scripts = HeldScripts.in(directory);
            TestProject demo = on(disk, jenkins, directory);
            demo.finished(demo.submit(Kind.CREATE, "a1", "A=1"));
            AcceptedRequest update = demo.submit(Kind.UPDATE, "a1", "A=2");
            Stop.REACHED.await();
            disk.fill();
            Stop.GO_ON.countDown();
            StagingRun run = demo.finished(update);
            assertEquals("Jenkins couldn’t save this run: " + NO_SPACE + ".", run.getReason());
            jenkins.assertBuildStatus(Result.FAILURE, run);
            assertEquals(0, scripts.calls(ControlScript.UPDATE, "a1"));
            assertTrue(demo.staging("a1").isBusy(), "nobody builds on what isn't stored");

            disk.free();
            TestProject.await(
                    "the outcome to be stored", () -> demo.staging("a1").isBusy() ? null : true);
            for (Staging staging : new Staging[] {demo.staging("a1"), stored(demo, "a1")}) {
                assertEquals(Status.Running, staging.getStatus());
                assertEquals("A=1", staging.getApplicationOverrides().toString());
                assertFalse(staging.isBusy());
                StagingRun last = staging.getLastBuild();
                assertEquals(2, last.getNumber());
                assertEquals(Result.FAILURE, last.getResult());
                assertEquals(run.getReason(), last.getReason());
            }
            jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.UPDATE, "a1", "A=2")));
        }
    }

    @Test
    void anAgentWithoutRoom(JenkinsRule jenkins) throws Exception {
        try (FullDisk disk = FullDisk.mount(directory.resolve("agent"))) {
            Path fill = disk.directory().resolve("fill");
            ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
            scripts.with(
                    ControlScript.CREATE,
                    "echo before\ncat /dev/zero >'" + fill + "'\ntouch '" + scripts.file("state") + "'\nexit 7");
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            Slave agent = new DumbSlave("agent", disk.directory().toString(), jenkins.createComputerLauncher(null));
            agent.setLabelString(TestProject.LABEL);
            agent.setRetentionStrategy(new RetentionStrategy.Always());
            jenkins.jenkins.addNode(agent);
            jenkins.waitOnline(agent);

            StagingRun run = demo.finished(demo.submit(Kind.CREATE, "a1"));
            assertEquals(7, run.getExitCode(), "its exit code has its room");
            jenkins.assertBuildStatus(Result.FAILURE, run);
            jenkins.assertLogContains("before", run);
            assertEquals(Status.Running, demo.staging("a1").getStatus(), "as check says");

            disk.fill();
            StagingRun second = demo.finished(demo.submit(Kind.UPDATE, "a1"));
            jenkins.assertBuildStatus(Result.FAILURE, second);
            assertNull(second.getExitCode());
            assertTrue(second.getReason().startsWith("Agent “agent” failed: "), second.getReason());
            assertTrue(second.getReason().contains(NO_SPACE), second.getReason());
            assertEquals(Status.Running, demo.staging("a1").getStatus());

            Files.delete(fill);
            disk.free();
            jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.UPDATE, "a1")));
        }
    }
}
