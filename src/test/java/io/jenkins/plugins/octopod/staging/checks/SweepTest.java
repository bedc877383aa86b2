package io.jenkins.plugins.octopod.staging.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Queue;
import hudson.model.queue.QueueListener;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.Processes;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** Sweeps, with real scripts on real agents. */
@WithSharedJenkins
class SweepTest {

    @TempDir
    private Path directory;

    /** Counts whatever comes into the queue. */
    @TestExtension
    public static final class Queued extends QueueListener {
        private final AtomicInteger entered = new AtomicInteger();

        @Override
        public void onEnterWaiting(Queue.WaitingItem item) {
            entered.incrementAndGet();
        }

        static int count() {
            return ExtensionList.lookupSingleton(Queued.class).entered.get();
        }
    }

    @Test
    void statusesAreKeptTrue(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        swept.create("a1", "b1");
        swept.tell(ControlScript.CHECK, "a1", "echo the database is down >&2; exit 2");
        swept.sweep("a1", "b1");
        Staging failing = swept.staging("a1");
        assertEquals(Status.PartialAvailability, failing.getStatus());
        assertEquals(
                "“check” ended with exit code 2: the database is down",
                failing.observedState().reason());
        assertEquals(swept.clock.instant(), failing.observedState().since());
        assertEquals(Status.Running, swept.staging("b1").getStatus());
        swept.tell(ControlScript.CHECK, "a1", "exit 3");
        swept.sweep("a1");
        assertEquals(Status.TagMismatch, failing.getStatus());
        swept.tell(ControlScript.CHECK, "a1", "exit 0");
        swept.sweep("a1");
        assertEquals(Status.Running, failing.getStatus());
        assertNull(failing.observedState().reason());
    }

    @Test
    void anAgentIsAskedOfManyAtOnceButNotOfTooMany(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        String[] names = {"a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8"};
        swept.create(names);
        long calls = CheckScheduler.get().statistics().calls();
        for (String name : names) {
            // Each ends only when four are there; how many there were is noted.
            swept.tell(
                    ControlScript.CHECK,
                    name,
                    "touch here-$8\nwhile test $(ls arrived-* here-* 2>/dev/null | wc -l) -lt 4; do sleep 0.05; done\n"
                            + "ls here-* | wc -l >>at-once\nmv here-$8 arrived-$8");
        }
        swept.checks.setParallelism(4);
        swept.sweep(names);
        for (String name : names) {
            assertEquals(Status.Running, swept.staging(name).getStatus(), name);
        }
        int most = Files.readAllLines(directory.resolve("at-once")).stream()
                .mapToInt(line -> Integer.parseInt(line.trim()))
                .max()
                .orElseThrow();
        assertEquals(4, most);
        assertTrue(
                CheckScheduler.get().statistics().calls() - calls <= 1 + names.length,
                "one call to the agent, at most one for each answer");
    }

    @Test
    void aSlowCheckDelaysNoOtherAndIsntAskedTwice(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        swept.create("slow", "quick");
        int before = swept.checks("slow");
        swept.tell(ControlScript.CHECK, "slow", "while ! test -f go; do sleep 0.05; done; exit 1");
        swept.sweep("quick");
        swept.tell(ControlScript.CHECK, "quick", "exit 1");
        swept.sweep("quick");
        assertEquals(Status.GenericFailure, swept.staging("quick").getStatus());
        assertEquals(before + 1, swept.checks("slow"));
        assertEquals(Status.Running, swept.staging("slow").getStatus());
        Files.createFile(directory.resolve("go"));
        swept.tickUntil("the slow answer", () -> swept.staging("slow").getStatus() == Status.GenericFailure);
        swept.sweep("slow");
        assertEquals(before + 2, swept.checks("slow"));
    }

    @Test
    void aHangingCheckIsKilledWithAllThatItHasStarted(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        swept.create("hangs", "well");
        swept.tell(ControlScript.CHECK, "hangs", "sleep 1000 & echo $! >child; wait");
        swept.checks.setTimeout(1);
        swept.sweep("hangs", "well");
        assertEquals(Status.GenericFailure, swept.staging("hangs").getStatus());
        assertEquals(
                "“check” didn’t end within 1 seconds and was killed.",
                swept.staging("hangs").observedState().reason());
        assertEquals(Status.Running, swept.staging("well").getStatus());
        long child = Long.parseLong(Files.readString(directory.resolve("child")).trim());
        assertFalse(Processes.isRunning(child));
    }

    @Test
    void asksNobodyForAnExecutorAndWritesNothing(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        DumbSlave agent = swept.demo.connectAgent("agent");
        swept.create("a1", "b1");
        swept.tell(ControlScript.CHECK, "b1", "echo down for $$ s; exit 1");
        swept.sweep("a1", "b1");
        swept.sweep("a1", "b1");
        assertEquals(Status.GenericFailure, swept.staging("b1").getStatus());
        ObservedState known = swept.staging("b1").observedState();
        Path jobs = jenkins.jenkins.getRootDir().toPath().resolve("jobs");
        Map<String, String> before = files(jobs);
        int queued = Queued.count();
        int checked = swept.checks("a1");
        for (int sweep = 0; sweep < 3; sweep++) {
            Files.deleteIfExists(directory.resolve("go"));
            Files.deleteIfExists(directory.resolve("here"));
            swept.tell(ControlScript.CHECK, "a1", "touch here; while ! test -f go; do sleep 0.05; done");
            swept.clock.goOn(SweptProject.INTERVAL);
            swept.tickUntil("the check", () -> Files.exists(directory.resolve("here")));
            assertEquals(0, agent.toComputer().countBusy());
            Files.createFile(directory.resolve("go"));
            swept.tickUntil("the answers", () -> Stream.of("a1", "b1")
                    .allMatch(name -> swept.staging(name).lastChecked().equals(swept.clock.instant())));
        }
        assertEquals(checked + 3, swept.checks("a1"));
        assertEquals(before, files(jobs));
        assertEquals(queued, Queued.count());
        assertTrue(queued > 0, "runs are seen to be queued");
        assertEquals(known, swept.staging("b1").observedState(), "a reason with other numbers isn't another reason");
        swept.tell(ControlScript.CHECK, "b1", "echo the disk is full; exit 1");
        swept.sweep("b1");
        assertEquals(
                "“check” ended with exit code 1: the disk is full",
                swept.staging("b1").observedState().reason());
        assertEquals(known.since(), swept.staging("b1").observedState().since());
    }

    /** Each file with its inode, its size and when it was written; a file that is replaced has another inode. */
    private static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                files.put(file.toString(), attributes.fileKey() + " " + attributes.lastModifiedTime());
            }
        }
        return files;
    }

    @Test
    void aRunIsLeftAloneAndKnowsBetter(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        swept.create("a1", "b1");
        swept.scripts.with(
                ControlScript.UPDATE,
                "cd '" + directory + "'; touch updating; while ! test -f updated; do sleep 0.05; done");
        swept.tell(ControlScript.CHECK, "a1", "touch checking; while ! test -f checked; do sleep 0.05; done; exit 1");
        swept.clock.goOn(SweptProject.INTERVAL);
        swept.tickUntil("the check", () -> Files.exists(directory.resolve("checking")));

        AcceptedRequest update = swept.demo.submit(Kind.UPDATE, "a1", "A=2");
        swept.await("updating");
        swept.tell(ControlScript.CHECK, "a1", "exit 0");
        Files.createFile(directory.resolve("checked"));
        swept.sweep("b1");
        swept.sweep("b1");
        assertEquals(Status.UpdatePending, swept.staging("a1").getStatus(), "the late answer is dropped");
        int checks = swept.checks("a1");
        swept.sweep("b1");
        assertEquals(checks, swept.checks("a1"), "nobody asks but the run");

        Files.createFile(directory.resolve("updated"));
        jenkins.assertBuildStatusSuccess(swept.finished(update));
        assertEquals(Status.Running, swept.staging("a1").getStatus());
        swept.tell(ControlScript.CHECK, "a1", "exit 1");
        swept.sweep("a1");
        assertEquals(Status.GenericFailure, swept.staging("a1").getStatus(), "and then the sweep goes on");
    }

    @Test
    void aRunningStagingFailsAfterSoManyFailuresInARow(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        swept.checks.setFailuresInRow(3);
        swept.create("a1");
        Staging staging = swept.staging("a1");
        for (String answers : List.of("1 1 0", "1 2 0")) {
            for (String answer : answers.split(" ")) {
                swept.tell(ControlScript.CHECK, "a1", "exit " + answer);
                swept.sweep("a1");
                assertEquals(Status.Running, staging.getStatus(), answers);
            }
        }
        Instant since = staging.observedState().since();
        swept.tell(ControlScript.CHECK, "a1", "exit 1");
        swept.sweep("a1");
        swept.sweep("a1");
        assertEquals(since, staging.observedState().since());
        swept.sweep("a1");
        assertEquals(Status.GenericFailure, staging.getStatus());
        swept.tell(ControlScript.CHECK, "a1", "exit 0");
        swept.sweep("a1");
        assertEquals(Status.Running, staging.getStatus());
    }

    @Test
    void linksAreAskedForWhenAStagingBeginsToRun(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        swept.tell(ControlScript.INFO, "a1", "echo app,https://old.example.com");
        swept.create("a1");
        assertEquals(
                "https://old.example.com", swept.staging("a1").getLinks().get(0).url());
        swept.tell(ControlScript.INFO, "a1", "echo app,https://new.example.com");
        swept.sweep("a1");
        swept.tell(ControlScript.CHECK, "a1", "exit 1");
        swept.sweep("a1");
        assertEquals(1, swept.asked(ControlScript.INFO, "a1").size(), "not each time");
        swept.tell(ControlScript.CHECK, "a1", "exit 0");
        swept.sweepUntil(
                "new links", () -> swept.staging("a1").getLinks().get(0).url().equals("https://new.example.com"));
        swept.sweep("a1");
        assertEquals(2, swept.asked(ControlScript.INFO, "a1").size(), "once");
    }

    @Test
    void whatIsBeingArchivedIsAskedWithArchiveCheck(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        swept.tell(ControlScript.INFO, "a1", "echo app,https://app.example.com");
        swept.create("a1");
        swept.demo.project.setStatusTimeout(1);
        swept.tell(ControlScript.ARCHIVE_CHECK, "a1", "exit 1");
        swept.finished(swept.demo.submit(Kind.ARCHIVE, "a1"));
        assertEquals(Status.ArchivePending, swept.staging("a1").getStatus());
        int checks = swept.checks("a1");
        swept.sweep("a1");
        assertEquals(Status.ArchivePending, swept.staging("a1").getStatus());
        swept.tell(ControlScript.ARCHIVE_CHECK, "a1", "exit 0");
        swept.sweep("a1");
        assertEquals(Status.Archived, swept.staging("a1").getStatus());
        assertNull(swept.staging("a1").observedState().reason());
        assertEquals(List.of(), swept.staging("a1").getLinks());
        assertEquals(checks, swept.checks("a1"));

        swept.create("b1");
        int asked = swept.asked(ControlScript.ARCHIVE_CHECK, "a1").size();
        swept.sweep("b1");
        swept.sweep("b1");
        assertEquals(asked, swept.asked(ControlScript.ARCHIVE_CHECK, "a1").size(), "archived ones aren't asked");
    }

    @Test
    void anotherPlaceIsAskedOnlyWhereTheOwnIsAway(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        DumbSlave first = swept.demo.connectAgent("first");
        swept.create("a1", "a2", "a3");
        DumbSlave second = swept.demo.connectAgent("second");
        swept.sweep("a1", "a2", "a3");
        for (String name : List.of("a1", "a2", "a3")) {
            assertEquals(first.getRemoteFS(), last(swept, name));
        }
        jenkins.disconnectSlave(first);
        swept.sweep("a1", "a2", "a3");
        for (String name : List.of("a1", "a2", "a3")) {
            assertEquals(second.getRemoteFS(), last(swept, name));
            assertEquals(Status.Running, swept.staging(name).getStatus());
        }
    }

    private static String last(SweptProject swept, String name) throws IOException {
        List<String> asked = swept.asked(ControlScript.CHECK, name);
        return asked.get(asked.size() - 1);
    }

    @Test
    void sweepsBeginByThemselves(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.withScripts(jenkins, new ScriptDirectory(directory).path());
        demo.connectAgent("agent");
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        Files.delete(directory.resolve("state"));
        CheckSettings often = new CheckSettings();
        often.setInterval(5);
        demo.project.setChecks(often);
        TestProject.await("a sweep", () -> demo.staging("a1").getStatus() == Status.GenericFailure ? "a sweep" : null);
    }
}
