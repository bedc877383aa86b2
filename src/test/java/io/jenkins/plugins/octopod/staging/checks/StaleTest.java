package io.jenkins.plugins.octopod.staging.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.htmlunit.html.HtmlForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** What nobody can be asked about is stale, never wrong. */
@WithSharedJenkins
class StaleTest {

    @TempDir
    private Path directory;

    /** Hears of every change. */
    @TestExtension
    public static final class Heard extends StagingListener {
        private final List<String> changes = new CopyOnWriteArrayList<>();

        @Override
        public void onChanged(@NonNull Staging staging) {
            changes.add(staging.getName() + " " + staging.getStatus() + (staging.isStale() ? " stale" : ""));
        }

        static List<String> since(int from) {
            List<String> all = ExtensionList.lookupSingleton(Heard.class).changes;
            return List.copyOf(all.subList(from, all.size()));
        }

        static int count() {
            return ExtensionList.lookupSingleton(Heard.class).changes.size();
        }
    }

    @Test
    void whatNoAgentCanSayIsStaleUntilOneCan(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        DumbSlave agent = swept.demo.connectAgent("agent");
        swept.create("a1");
        swept.sweep("a1");
        Staging staging = swept.staging("a1");
        assertFalse(staging.isStale());
        Instant checked = staging.lastChecked();
        int heard = Heard.count();
        String stored = Files.readString(staging.getRootDir().toPath().resolve("observed.xml"));

        jenkins.disconnectSlave(agent);
        swept.sweepUntil("the status to be stale", staging::isStale);
        Instant since = swept.clock.instant();
        assertEquals(since, staging.staleSince());
        assertEquals(
                "No agent with the label “staging” is online now that this project may run scripts on.",
                staging.getStaleReason());
        assertEquals(checked, staging.lastChecked());
        assertEquals(Status.Running, staging.getStatus());
        swept.sweepUntil("another sweep", () -> true);
        assertEquals(since, staging.staleSince());
        assertEquals(List.of("a1 Running stale"), Heard.since(heard));
        assertTrue(
                jenkins.getJSON(staging.getUrl() + "api/json").getJSONObject().getBoolean("stale"));

        swept.tell(ControlScript.CHECK, "a1", "exit 1");
        agent.toComputer().connect(false).get();
        swept.tickUntil("the truth, without another sweep", () -> !staging.isStale());
        assertEquals(Status.GenericFailure, staging.getStatus());
        assertNull(staging.staleSince());
        assertEquals(List.of("a1 Running stale", "a1 GenericFailure"), Heard.since(heard));
        assertFalse(stored.contains("stale"));
        assertFalse(Files.readString(staging.getRootDir().toPath().resolve("observed.xml"))
                .contains("stale"));
    }

    @Test
    void anAgentThatIsTakenBackIntoServiceOrGetsTheLabelIsAskedAtOnce(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        DumbSlave agent = swept.demo.connectAgent("agent");
        swept.create("a1");
        agent.toComputer().setTemporarilyOffline(true, null);
        swept.sweepUntil("the status to be stale", swept.staging("a1")::isStale);
        agent.toComputer().setTemporarilyOffline(false, null);
        swept.tickUntil(
                "the truth, without another sweep", () -> !swept.staging("a1").isStale());

        configureLabel(jenkins, agent, "other");
        swept.sweepUntil("the status to be stale again", swept.staging("a1")::isStale);
        configureLabel(jenkins, agent, TestProject.LABEL);
        swept.tickUntil("the truth again, without another sweep", () -> !swept.staging("a1")
                .isStale());
    }

    private static void configureLabel(JenkinsRule jenkins, DumbSlave agent, String label) throws Exception {
        HtmlForm form = jenkins.createWebClient().getPage(agent, "configure").getFormByName("config");
        form.getInputByName("_.labelString").setValue(label);
        jenkins.submit(form);
    }

    @Test
    void anAgentThatDiesInTheMiddleMakesNobodyFail(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        DumbSlave agent = swept.demo.connectAgent("agent");
        swept.create("a1", "b1");
        swept.tell(ControlScript.CHECK, "b1", "touch here; while ! test -f go; do sleep 0.05; done; exit 1");
        swept.clock.goOn(SweptProject.INTERVAL);
        swept.tickUntil("the check", () -> Files.exists(directory.resolve("here")));
        swept.tickUntil(
                "the other answer", () -> swept.staging("a1").lastChecked().equals(swept.clock.instant()));
        SweptProject.kill(agent);
        swept.tickUntil("the status to be stale", swept.staging("b1")::isStale);
        assertEquals(Status.Running, swept.staging("b1").getStatus());
        assertEquals("Agent “agent” can’t be reached now.", swept.staging("b1").getStaleReason());
        assertFalse(swept.staging("a1").isStale(), "it has answered before");

        Files.createFile(directory.resolve("go"));
        swept.tell(ControlScript.CHECK, "b1", "exit 0");
        SweptProject.reconnect(agent);
        swept.tickUntil("the truth", () -> !swept.staging("b1").isStale());
        assertEquals(Status.Running, swept.staging("b1").getStatus());
    }

    @Test
    void anAgentThatSaysNothingAnyMoreMakesStatusesStale(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        DumbSlave agent = swept.demo.connectAgent("agent");
        swept.create("a1");
        swept.sweep("a1");
        ProcessHandle process = SweptProject.process(agent);
        SweptProject.signal("STOP", process);
        try {
            swept.clock.goOn(SweptProject.INTERVAL);
            CheckScheduler.get().tick();
            swept.clock.goOn(Duration.ofSeconds(89));
            CheckScheduler.get().tick();
            assertFalse(swept.staging("a1").isStale());
            swept.clock.goOn(SweptProject.INTERVAL);
            swept.tickUntil("the status to be stale", swept.staging("a1")::isStale);
            assertEquals(
                    "The last check has had no result for 90 seconds.",
                    swept.staging("a1").getStaleReason());
        } finally {
            SweptProject.signal("CONT", process);
        }
        swept.tickUntil("the truth", () -> !swept.staging("a1").isStale());
        assertEquals(Status.Running, swept.staging("a1").getStatus());
    }

    @Test
    void defaultsThatDontComeMakeStatusesStale(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        DumbSlave agent = swept.demo.connectAgent("agent");
        swept.create("a1");
        swept.sweep("a1");
        ProcessHandle process = SweptProject.process(agent);
        SweptProject.signal("STOP", process);
        try {
            // From now on they have to be asked for.
            swept.demo.project.save();
            swept.clock.goOn(SweptProject.INTERVAL);
            CheckScheduler.get().tick();
            swept.clock.goOn(Duration.ofSeconds(89));
            CheckScheduler.get().tick();
            assertFalse(swept.staging("a1").isStale());
            swept.clock.goOn(SweptProject.INTERVAL);
            swept.tickUntil("the status to be stale", swept.staging("a1")::isStale);
        } finally {
            SweptProject.signal("CONT", process);
        }
        swept.tickUntil("the truth", () -> !swept.staging("a1").isStale());
        assertEquals(Status.Running, swept.staging("a1").getStatus());
    }

    @Test
    void scriptsThatCantBeRunSayNothingOfStagings(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        swept.create("a1");
        swept.sweep("a1");
        Path check = swept.scripts.path(ControlScript.CHECK);
        check.toFile().setExecutable(false);
        swept.sweepUntil("the status to be stale", swept.staging("a1")::isStale);
        assertEquals(Status.Running, swept.staging("a1").getStatus());
        assertEquals(
                "“" + check + "” isn’t executable: run “chmod +x” on it.",
                swept.staging("a1").getStaleReason());
        swept.sweepUntil(
                "another reason", () -> swept.staging("a1").getStaleReason().startsWith("The control script “"));
        check.toFile().setExecutable(true);
        swept.sweepUntil("the truth", () -> !swept.staging("a1").isStale());
    }

    @Test
    void defaultsThatCantBeHadSayNothingOfStagings(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        swept.create("a1");
        swept.scripts.with(ControlScript.DEPLOYMENT_CONFIG, "echo the registry is down >&2; exit 1");
        swept.demo.project.save();
        swept.sweepUntil("the status to be stale", swept.staging("a1")::isStale);
        assertEquals(
                "“deployment_config” ended with exit code 1: the registry is down",
                swept.staging("a1").getStaleReason());
        assertEquals(Status.Running, swept.staging("a1").getStatus());
    }

    @Test
    void whatARunSeesToAndWhatIsArchivedIsntStale(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        DumbSlave agent = swept.demo.connectAgent("agent");
        swept.create("a1");
        swept.sweep("a1");
        jenkins.disconnectSlave(agent);
        swept.sweepUntil("the status to be stale", swept.staging("a1")::isStale);
        swept.demo.submit(Kind.ARCHIVE, "a1");
        assertFalse(swept.staging("a1").isStale());
        agent.toComputer().connect(false).get();
        swept.tickUntil("the staging to be archived", () -> swept.staging("a1").getStatus() == Status.Archived);
        swept.sweepUntil("a sweep", () -> true);
        assertFalse(swept.staging("a1").isStale());
    }
}
