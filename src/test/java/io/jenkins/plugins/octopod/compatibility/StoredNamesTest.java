package io.jenkins.plugins.octopod.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.ExtensionList;
import hudson.diagnosis.OldDataMonitor;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.model.User;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestClock;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * A Jenkins starts on a {@link StoredHome}, which was written before most classes of the plugin got other names. It finds
 * everything as it was, and continues what was in progress.
 */
@Tag("jenkins")
class StoredNamesTest {

    private static final String UNFINISHED = "jobs/shop/jobs/piped/builds/1/build.xml";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path place;

    private ReaderWarnings warnings;
    private TestClock clock;

    @BeforeEach
    void start() {
        warnings = ReaderWarnings.start();
        clock = TestClock.start();
        // When the home was written: else its stagings would expire, or wake up.
        clock.leapTo(StoredHomeWriter.END);
    }

    @AfterEach
    void stop() {
        clock.close();
        warnings.close();
    }

    @Test
    void everythingIsAsItWasAndGoesOn() throws Throwable {
        StoredHome stored = StoredHome.unpack(sessions.getHome().toPath(), place);
        stored.startedNow(UNFINISHED);
        ScriptDirectory scripts = new ScriptDirectory(place.resolve("scripts"));
        scripts.with(ControlScript.CHECK, "exit 0").with(ControlScript.ARCHIVE_CHECK, "exit 0");
        scripts.with(ControlScript.UNARCHIVE, "exit 0");
        scripts.with(ControlScript.INFO, "echo app,https://$8.example.com; echo log,https://logs.example.com");
        Path go = place.resolve("go");
        Process script = stored.goOnRunning(go);
        try {
            sessions.then(jenkins -> {
                JsonNode expected = StoredHome.state();
                hasEverything(expected);
                // Jenkins takes the name of a user from the user.
                User.getOrCreateByIdOrFullName("alice");
                assertEquals(
                        VisibleState.sorted(expected), VisibleState.sorted(VisibleState.of(jenkins, place.toString())));
                connect(jenkins, "shop");
                WorkflowRun waiting = pipelineGoesOn(jenkins);
                Files.createFile(go);
                pipelineEnds(jenkins, waiting);
                connect(jenkins, "cellar");
                queuedActionsAreDone(jenkins);
                assertEquals(
                        Set.of(),
                        ExtensionList.lookupSingleton(OldDataMonitor.class)
                                .getData()
                                .keySet());
            });
        } finally {
            script.destroy();
        }
        assertEquals(List.of(), warnings.found());
    }

    /** The stored home itself, so that nothing gets lost when it is written again. */
    private static void hasEverything(JsonNode state) {
        Set<Status> statuses = EnumSet.noneOf(Status.class);
        Set<String> actions = new TreeSet<>();
        Set<String> causes = new TreeSet<>();
        for (JsonNode project : state.path("items")) {
            for (JsonNode staging : project.path("stagings")) {
                statuses.add(Status.valueOf(staging.path("api").path("status").asText()));
                staging.path("operations")
                        .path("operations")
                        .forEach(operation ->
                                actions.add(operation.path("action").asText()));
                staging.path("runs").findValuesAsText("shortDescription").forEach(causes::add);
                assertTrue(staging.path("history").size() > 0, staging.toString());
            }
        }
        assertEquals(EnumSet.allOf(Status.class), statuses);
        assertEquals(Set.of("archive", "cleanup", "create", "restore", "update"), actions);
        for (String cause : List.of(
                "Started by user alice",
                "Started from command line by alice",
                "Started by upstream project",
                "Its branch was deleted",
                "the last cleanup failed",
                "Archived for ",
                "Restored in the morning",
                "Archived to free capacity",
                "Archived for the night")) {
            assertTrue(causes.stream().anyMatch(found -> found.contains(cause)), cause + " in " + causes);
        }
    }

    private static Staging staging(String fullName) {
        return Jenkins.get().getItemByFullName(fullName, Staging.class);
    }

    private static void connect(JenkinsRule jenkins, String agent) throws Exception {
        Slave stored = (Slave) jenkins.jenkins.getNode(agent);
        stored.setLauncher(jenkins.createComputerLauncher(null));
        // Otherwise its computer keeps the launcher that it has.
        jenkins.jenkins.setNodes(jenkins.jenkins.getNodes());
        jenkins.waitOnline(stored);
    }

    private static WorkflowRun pipelineGoesOn(JenkinsRule jenkins) throws Exception {
        WorkflowRun waiting =
                jenkins.jenkins.getItemByFullName("waits", WorkflowJob.class).getLastBuild();
        assertTrue(waiting.isBuilding());
        jenkins.waitForMessage("Jenkins was restarted. This run continues where it stopped.", waiting);
        assertEquals(Status.CreatePending, staging("shop/piped").getStatus());
        return waiting;
    }

    private static void pipelineEnds(JenkinsRule jenkins, WorkflowRun waiting) throws Exception {
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(waiting));
        jenkins.assertLogContains("then=Running 2", waiting);
        StagingRun run = staging("shop/piped").getLastBuild();
        assertEquals(1, run.getNumber());
        assertEquals(Result.SUCCESS, run.getResult());
        String log = JenkinsRule.getLog(run);
        for (String line : List.of("create begins", "a warning", "create ends")) {
            assertEquals(2, (" " + log + " ").split(line, -1).length, log);
        }
    }

    private static void queuedActionsAreDone(JenkinsRule jenkins) throws Exception {
        for (String name : List.of("waits-create", "waits-create-too", "waits-update", "waits-restore")) {
            done(jenkins, name, Status.Running);
        }
        done(jenkins, "waits-archive", Status.Archived);
        TestProject.await("the staging to be gone", () -> staging("team/cellar/waits-cleanup") == null ? true : null);
        assertNull(staging("team/cellar/waits-cleanup"));
    }

    private static void done(JenkinsRule jenkins, String name, Status status) throws Exception {
        Staging staging = staging("team/cellar/" + name);
        TestProject.await(name + " to be free", () -> staging.isBusy() ? null : true);
        assertEquals(status, staging.getStatus(), name);
        jenkins.assertBuildStatus(Result.SUCCESS, staging.getLastBuild());
    }
}
