package io.jenkins.plugins.octopod.staging.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Slave;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * Tests a start of Jenkins with a queue that is older than the stored state of stagings. Jenkins writes its queue up to a minute
 * late, so this is what a kill leaves behind. Here the older file is put back between two sessions.
 */
@Tag("jenkins")
class OutdatedQueueTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private Path saved;

    /** Keeps the queue as it is now. */
    private void saveQueue() throws Exception {
        saved = directory.resolve("queue.xml");
        Queue.getInstance().save();
        Files.copy(queueFile(), saved);
    }

    private void putBackQueue() throws Exception {
        Files.copy(saved, queueFile(), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path queueFile() {
        return sessions.getHome().toPath().resolve("queue.xml");
    }

    private static void setOffline(boolean offline) throws Exception {
        Slave agent = (Slave) Jenkins.get().getNode("agent");
        TestProject.await("the agent", () -> agent.toComputer().getChannel());
        agent.toComputer().setTemporarilyOffline(offline, null);
    }

    private static void awaitIdle(TestProject demo, String name) throws Exception {
        Staging staging = demo.staging(name);
        TestProject.await(name + " to be idle", () -> staging.isBusy() ? null : staging);
        TestProject.await(
                "its items to leave the queue",
                () -> Queue.getInstance().getItems(staging).isEmpty() ? staging : null);
    }

    /** Writes each call of a script into a file. */
    private ScriptDirectory noting(Path calls) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        for (ControlScript script : List.of(ControlScript.UPDATE, ControlScript.ARCHIVE)) {
            scripts.with(script, "echo " + script.fileName() + " $8 >> '" + calls + "'");
        }
        return scripts.with(ControlScript.CHECK, "exit 0").with(ControlScript.ARCHIVE_CHECK, "exit 0");
    }

    @Test
    void anActionRunsOnceAndTheAcceptedOneRuns() throws Throwable {
        Path calls = directory.resolve("calls");
        ScriptDirectory scripts = noting(calls);
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            for (String name : List.of("orange", "lemon")) {
                demo.finished(demo.submit(Kind.CREATE, name));
            }
            setOffline(true);
            AcceptedRequest archive = demo.submit(Kind.ARCHIVE, "orange");
            AcceptedRequest update = demo.submit(Kind.UPDATE, "lemon", "A=1");
            saveQueue();
            setOffline(false);
            demo.finished(archive);
            demo.finished(update);
            demo.finished(demo.submit(Kind.RESTORE, "orange"));
            setOffline(true);
            demo.submit(Kind.UPDATE, "lemon", "A=2");
        });
        putBackQueue();
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            setOffline(false);
            awaitIdle(demo, "lemon");
            awaitIdle(demo, "orange");
            assertEquals(List.of("archive orange", "update lemon", "update lemon"), Files.readAllLines(calls));
            assertEquals(
                    "A=2",
                    demo.staging("lemon")
                            .getLastBuild()
                            .getApplicationOverrides()
                            .toString());
            assertEquals(Status.Running, demo.staging("orange").getStatus());
        });
    }

    /** The item is one that was to resume a run after a restart; it has no parameters. */
    @Test
    void anItemThatResumedARunDoesNotKeepTheNextActionFromRunning() throws Throwable {
        ScriptDirectory scripts = held();
        Path updated = scripts.file("updated");
        scripts.with(ControlScript.UPDATE, "touch '" + updated + "' '" + scripts.file("state") + "'");
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            demo.printing(demo.submit(Kind.CREATE, "a1"), "before");
            setOffline(true);
        });
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            TestProject.await("the run to wait", () -> Queue.getInstance().getItem(demo.staging("a1")));
            saveQueue();
            Files.createFile(scripts.file("go"));
            setOffline(false);
            StagingRun run = demo.staging("a1").getLastBuild();
            awaitIdle(demo, "a1");
            TestProject.await("the executor to be free", () -> run.getExecutor() == null ? run : null);
            setOffline(true);
            demo.submit(Kind.UPDATE, "a1", "A=1");
        });
        putBackQueue();
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            setOffline(false);
            awaitIdle(demo, "a1");
            assertTrue(Files.exists(updated));
            jenkins.assertBuildStatus(Result.SUCCESS, demo.staging("a1").getLastBuild());
            assertEquals(2, demo.staging("a1").getBuilds().size());
        });
    }

    @Test
    void aRunThatTheStateDoesNotKnowIsNotTakenForTheNextAction() throws Throwable {
        ScriptDirectory scripts = held();
        Path updated = scripts.file("updated");
        scripts.with(ControlScript.UPDATE, "touch '" + updated + "' '" + scripts.file("state") + "'");
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            demo.printing(demo.submit(Kind.CREATE, "a1"), "before");
        });
        Files.writeString(sessions.getHome().toPath().resolve("jobs/demo/jobs/a1/observed.xml"), "<octopod-obs");
        Files.deleteIfExists(queueFile());
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            Staging staging = demo.staging("a1");
            StagingRun create = staging.getLastBuild();
            TestProject.await("the run to end", () -> create.isBuilding() ? null : create);
            assertTrue(create.getReason().contains("might still be running"), create.getReason());
            setOffline(false);
            AcceptedRequest update = demo.submit(Kind.UPDATE, "a1", "A=1");
            demo.printing(update, "“create” of run #1 may still be running");
            assertFalse(Files.exists(updated));
            Files.createFile(scripts.file("go"));
            jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(update));
            assertTrue(Files.exists(updated));
            assertFalse(staging.isBusy());
        });
    }

    /** A backup of the staging’s own files is put back, and its runs are as they are. */
    @Test
    void anActionThatARestoredFileTakesForPendingRunsOnce() throws Throwable {
        Path calls = directory.resolve("calls");
        ScriptDirectory scripts = noting(calls);
        Path observed = directory.resolve("observed.xml");
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            demo.finished(demo.submit(Kind.CREATE, "a1"));
            setOffline(true);
            AcceptedRequest first = demo.submit(Kind.UPDATE, "a1", "A=1");
            Files.copy(demo.staging("a1").getRootDir().toPath().resolve("observed.xml"), observed);
            setOffline(false);
            demo.finished(first);
            demo.finished(demo.submit(Kind.UPDATE, "a1", "A=2"));
        });
        Files.copy(
                observed,
                sessions.getHome().toPath().resolve("jobs/demo/jobs/a1/observed.xml"),
                StandardCopyOption.REPLACE_EXISTING);
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            awaitIdle(demo, "a1");
            jenkins.waitUntilNoActivity();
            assertEquals(List.of("update a1", "update a1"), Files.readAllLines(calls));
            assertEquals(3, demo.staging("a1").getBuilds().size());
        });
    }

    /** The script create waits for the file “go”. */
    private ScriptDirectory held() throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        return scripts.with(
                ControlScript.CREATE,
                "echo before; while ! test -e '" + scripts.file("go") + "'; do sleep 0.1; done; touch '"
                        + scripts.file("state") + "'");
    }
}
