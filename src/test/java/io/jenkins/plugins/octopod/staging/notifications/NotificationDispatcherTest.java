package io.jenkins.plugins.octopod.staging.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import hudson.slaves.RetentionStrategy;
import hudson.slaves.SlaveComputer;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the notifications script is told, when, and whom it holds up: nobody. */
@Tag("jenkins")
@WithJenkins
class NotificationDispatcherTest {

    @TempDir
    private Path directory;

    /** Notes what it is told, one line for each staging and change. */
    private TestProject project(JenkinsRule jenkins, String before) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory)
                .with(ControlScript.NOTIFICATIONS, before + "\necho \"$*\" >>'" + directory + "'/told");
        return TestProject.withScripts(jenkins, scripts.path());
    }

    private List<String> told() throws IOException {
        Path told = directory.resolve("told");
        return Files.exists(told) ? Files.readAllLines(told) : List.of();
    }

    private static String line(String name, Status before, Status now) {
        return "--project-name demo --base-domain staging.example.com --namespace demo --name " + name
                + " --old-status " + before + " --new-status " + now;
    }

    private static void awaitIdle() throws Exception {
        NotificationDispatcher all = ExtensionList.lookupSingleton(NotificationDispatcher.class);
        TestProject.await("everything to be told", () -> all.isIdle() ? all : null);
    }

    @Test
    void eachChangeIsToldInOrder(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins, "sleep 0.$(($$ % 5))");
        demo.connectAgent("agent");
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        demo.finished(demo.submit(Kind.UPDATE, "a1"));
        demo.finished(demo.submit(Kind.ARCHIVE, "a1"));
        awaitIdle();
        assertEquals(
                List.of(
                        line("a1", Status.CreatePending, Status.Running),
                        line("a1", Status.Running, Status.UpdatePending),
                        line("a1", Status.UpdatePending, Status.Running),
                        line("a1", Status.Running, Status.ArchivePending),
                        line("a1", Status.ArchivePending, Status.Archived)),
                told());
    }

    @Test
    void theScriptGetsTheLinkThatAlwaysWorks(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory)
                .with(ControlScript.NOTIFICATIONS, "echo \"$OCTOPOD_OPEN_URL\" >>'" + directory + "'/told");
        TestProject demo = TestProject.withScripts(jenkins, scripts.path());
        demo.connectAgent("agent");
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        awaitIdle();
        assertEquals(List.of(jenkins.getURL() + "job/demo/job/a1/open/"), told());
    }

    @Test
    void nobodyWaitsForIt(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(
                jenkins,
                "case \"$*\" in *'--name slow '*) while ! test -f '" + directory + "/go'; do sleep 0.05; done;; esac");
        demo.connectAgent("agent");
        assertEquals(
                Result.SUCCESS, demo.finished(demo.submit(Kind.CREATE, "slow")).getResult());
        demo.finished(demo.submit(Kind.UPDATE, "slow"));
        demo.finished(demo.submit(Kind.CREATE, "quick"));
        TestProject.await("the other", () -> told().isEmpty() ? null : told());
        assertEquals(List.of(line("quick", Status.CreatePending, Status.Running)), told());
        Files.createFile(directory.resolve("go"));
        awaitIdle();
        assertEquals(
                List.of(
                        line("quick", Status.CreatePending, Status.Running),
                        line("slow", Status.CreatePending, Status.Running),
                        line("slow", Status.Running, Status.UpdatePending),
                        line("slow", Status.UpdatePending, Status.Running)),
                told());
    }

    @Test
    void itsFailureIsLoggedAndHarmsNobody(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins, "case \"$*\" in *'--new-status Running') echo no chat >&2; exit 7;; esac");
        demo.connectAgent("agent");
        try (LogRecorder log = new LogRecorder()
                .record(NotificationDispatcher.class, Level.WARNING)
                .capture(10)) {
            StagingRun run = demo.finished(demo.submit(Kind.CREATE, "a1"));
            demo.finished(demo.submit(Kind.ARCHIVE, "a1"));
            awaitIdle();
            assertEquals(Result.SUCCESS, run.getResult());
            jenkins.assertLogNotContains("no chat", run);
            assertEquals(
                    List.of("The notification that staging “demo/a1” changed from CreatePending to Running "
                            + "might not have been delivered: “notifications” ended with exit code 7: no chat"),
                    log.getMessages());
        }
        assertEquals(
                List.of(
                        line("a1", Status.Running, Status.ArchivePending),
                        line("a1", Status.ArchivePending, Status.Archived)),
                told());
    }

    /** As of a plugin with a bug. */
    public static final class BrokenAgent extends Slave {

        private static final AtomicInteger FAILURES = new AtomicInteger();

        BrokenAgent(JenkinsRule jenkins, Path root) throws Exception {
            super("broken", root.toString(), jenkins.createComputerLauncher(null));
            setLabelString(TestProject.LABEL);
            setRetentionStrategy(new RetentionStrategy.Always());
        }

        @Override
        public Computer createComputer() {
            return new SlaveComputer(this) {
                @Override
                public int getNumExecutors() {
                    boolean asked = Thread.currentThread().getName().contains("Octopod notifications");
                    if (asked && FAILURES.getAndDecrement() > 0) {
                        throw new IllegalStateException("I am broken");
                    }
                    return super.getNumExecutors();
                }
            };
        }

        /** Only so that there is one. */
        @TestExtension
        public static final class DescriptorImpl extends SlaveDescriptor {}
    }

    @Test
    void anAgentOfABrokenKindIsAskedAgain(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins, "");
        TestProject.addAgent(jenkins, new BrokenAgent(jenkins, directory.resolve("broken")));
        BrokenAgent.FAILURES.set(2);
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        awaitIdle();
        assertEquals(List.of(line("a1", Status.CreatePending, Status.Running)), told());
    }

    @Test
    void whatNobodyCanTellWaitsForAnAgent(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins, "");
        DumbSlave agent = demo.connectAgent("agent");
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        awaitIdle();
        jenkins.disconnectSlave(agent);
        Staging staging = demo.staging("a1");
        NotificationDispatcher all = ExtensionList.lookupSingleton(NotificationDispatcher.class);
        for (int i = 0; i < StatusChangeQueue.MAX_SIZE; i++) {
            boolean even = i % 2 == 0;
            all.onStatusChanged(
                    staging, even ? Status.Running : Status.TagMismatch, even ? Status.TagMismatch : Status.Running);
        }
        // An attempt takes a change out of the queue, which has room for one more meanwhile.
        TestProject.await("no attempt to be under way", () -> all.isDelivering() ? null : true);
        try (LogRecorder log = new LogRecorder()
                .record(NotificationDispatcher.class, Level.WARNING)
                .capture(10)) {
            all.onStatusChanged(staging, Status.Running, Status.GenericFailure);
            assertEquals(
                    List.of("More than 100 changes of staging “demo/a1” wait for an agent that runs "
                            + "“notifications”. The oldest (Running to TagMismatch) was dropped."),
                    log.getMessages());
        }
        assertFalse(all.isIdle());
        assertEquals(1, told().size());
        agent.toComputer().connect(false).get();
        awaitIdle();
        List<String> told = told();
        assertEquals(1 + StatusChangeQueue.MAX_SIZE, told.size());
        assertEquals(line("a1", Status.TagMismatch, Status.Running), told.get(1));
        assertEquals(line("a1", Status.Running, Status.GenericFailure), told.get(told.size() - 1));
    }

    @Test
    void whoIsThereAndCantTellIsAskedAgain(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins, "");
        DumbSlave agent = demo.connectAgent("agent");
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        awaitIdle();
        // Another connection has to be prepared first, which its init can't: the agent has no directory to run it in.
        Files.writeString(directory.resolve("init"), "#!/bin/sh\nexit 0\n");
        assertTrue(directory.resolve("init").toFile().setExecutable(true));
        agent.toComputer().disconnect(new OfflineCause.ByCLI("for a test")).get();
        agent.toComputer().connect(false).get();
        Path root = Path.of(agent.getRemoteFS());
        Path aside = directory.resolve("aside");
        Files.move(root, aside);
        Files.createFile(root);
        NotificationDispatcher all = ExtensionList.lookupSingleton(NotificationDispatcher.class);
        try (LogRecorder log = new LogRecorder()
                .record(NotificationDispatcher.class, Level.FINE)
                .capture(10)) {
            all.onStatusChanged(demo.staging("a1"), Status.Running, Status.GenericFailure);
            TestProject.await("two tries", () -> log.getMessages().size() >= 2 ? true : null);
            assertEquals("agent can't be asked to notify", log.getMessages().get(0));
        }
        assertTrue(agent.toComputer().isOnline());
        Files.delete(root);
        Files.move(aside, root);
        awaitIdle();
        assertEquals(
                List.of(
                        line("a1", Status.CreatePending, Status.Running),
                        line("a1", Status.Running, Status.GenericFailure)),
                told());
    }

    @Test
    void nothingWaitsForWhatIsDeleted(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins, "");
        DumbSlave agent = demo.connectAgent("agent");
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        awaitIdle();
        jenkins.disconnectSlave(agent);
        NotificationDispatcher all = ExtensionList.lookupSingleton(NotificationDispatcher.class);
        all.onStatusChanged(demo.staging("a1"), Status.Running, Status.GenericFailure);
        assertFalse(all.isIdle());
        demo.staging("a1").delete();
        assertTrue(all.isIdle());
    }

    @Test
    void whatIsBeingToldOfADeletedStagingIsToldToTheEnd(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(
                jenkins,
                "touch '" + directory + "/begun'; while ! test -f '" + directory + "/go'; do sleep 0.05; done");
        demo.connectAgent("agent");
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        TestProject.await("the first", () -> Files.exists(directory.resolve("begun")) ? true : null);
        NotificationDispatcher all = ExtensionList.lookupSingleton(NotificationDispatcher.class);
        all.onStatusChanged(demo.staging("a1"), Status.Running, Status.Archived);
        demo.staging("a1").delete();
        assertTrue(all.isIdle());
        Files.createFile(directory.resolve("go"));
        TestProject.await("both", () -> told().size() == 2 ? true : null);
        assertEquals(
                List.of(line("a1", Status.CreatePending, Status.Running), line("a1", Status.Running, Status.Archived)),
                told());
    }

    @Test
    void theScriptMayBeMissing(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.withScripts(jenkins, new ScriptDirectory(directory).path());
        demo.connectAgent("agent");
        try (LogRecorder log = new LogRecorder()
                .record(NotificationDispatcher.class, Level.WARNING)
                .capture(10)) {
            demo.finished(demo.submit(Kind.CREATE, "a1"));
            awaitIdle();
            assertTrue(log.getMessages().isEmpty(), log.getMessages().toString());
        }
    }
}
