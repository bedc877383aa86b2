package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.springframework.security.access.AccessDeniedException;

/** What the façade accepts and refuses, and what it makes of it. */
@WithSharedJenkins
class StagingServiceTest extends AbstractScriptsTest {

    @Test
    void wrongNames() {
        for (String name :
                List.of("", "a", "Orange", "orange_button", "1orange", "orange-", "a-name-that-is-too-long")) {
            RefusalException refusal = assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, name));
            assertEquals(Reason.INVALID_NAME, refusal.getReason(), name);
        }
        assertEquals(0, demo.project.getItems().size());
    }

    @Test
    void labelThatNobodyHas() {
        demo.project.setAgentLabel("moon");
        RefusalException refusal = assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, "a1"));
        assertEquals(
                "No agent has the label “moon” of project “demo”: "
                        + "give it to an agent, or change it in the project’s configuration.",
                refusal.getMessage());
        assertEquals(0, demo.project.getItems().size());
    }

    @Test
    void quietDown() throws Exception {
        Jenkins.get().doQuietDown(false, 0, null, false);
        assertEquals(
                Reason.SHUTTING_DOWN,
                assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, "a1"))
                        .getReason());
    }

    @Test
    void secondRequestWhileOneRuns() throws Exception {
        scripts.with(ControlScript.CREATE, "touch '" + scripts.file("state") + "'; echo creating; sleep 2");
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        StagingRun run = demo.printing(create, "creating");
        for (Kind kind : List.of(Kind.UPDATE, Kind.DEPLOY, Kind.ARCHIVE, Kind.CLEANUP, Kind.RESTORE)) {
            RefusalException refusal = assertThrows(RefusalException.class, () -> demo.submit(kind, "a1"));
            assertEquals(Reason.NOT_NOW, refusal.getReason());
            assertEquals(
                    "The staging “a1” is being created: wait for run #1 to end, or abort it (" + jenkins.getURL()
                            + "job/demo/job/a1/1/).",
                    refusal.getMessage());
        }
        assertEquals(
                Reason.EXISTS,
                assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, "a1"))
                        .getReason());
        assertThrows(RefusalException.class, () -> StagingService.forget(create.staging()));
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(create));
        assertEquals(1, run.getParent().getBuilds().size());
    }

    @Test
    void manyAtOnceForOneName() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Future<AcceptedRequest>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> {
                    try {
                        return demo.submit(Kind.CREATE, "a1");
                    } catch (RefusalException e) {
                        assertEquals(Reason.EXISTS, e.getReason());
                        return null;
                    }
                }));
            }
            List<AcceptedRequest> accepted = new ArrayList<>();
            for (Future<AcceptedRequest> answer : answers) {
                if (answer.get() != null) {
                    accepted.add(answer.get());
                }
            }
            assertEquals(1, accepted.size());
            jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(accepted.get(0)));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void deployCreatesUpdatesAndRestores() throws Exception {
        AcceptedRequest created = demo.submit(Kind.DEPLOY, "a1", "A=1", "B=1");
        assertEquals(StagingAction.CREATE, created.action());
        demo.finished(created);

        AcceptedRequest updated = demo.submit(Kind.DEPLOY, "a1", "B=2", "-C");
        assertEquals(StagingAction.UPDATE, updated.action());
        jenkins.assertLogContains("--application-config A=1 --application-config B=2", demo.finished(updated));
        assertEquals("A=1\nB=2\n-C", created.staging().getApplicationOverrides().toString());

        AcceptedRequest replaced = demo.submit(Kind.DEPLOY_EXACTLY, "a1", "D=4");
        demo.finished(replaced);
        assertEquals("D=4", created.staging().getApplicationOverrides().toString());

        demo.finished(demo.submit(Kind.ARCHIVE, "a1"));
        AcceptedRequest restored = demo.submit(Kind.DEPLOY, "a1", "E=5");
        assertEquals(StagingAction.RESTORE, restored.action());
        StagingRun run = demo.finished(restored);
        assertEquals(Status.Running, restored.staging().getStatus());
        jenkins.assertLogContains("$ create --project-name demo", run);
        assertEquals("D=4\nE=5", restored.staging().getApplicationOverrides().toString());
    }

    @Test
    void archivingKeepsOverrides() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1", "A=1"));
        demo.finished(demo.submit(Kind.ARCHIVE, "a1"));
        assertEquals("A=1", demo.staging("a1").getApplicationOverrides().toString());
    }

    @Test
    void transitionsThatAreNot() throws Exception {
        for (Kind kind : List.of(Kind.UPDATE, Kind.ARCHIVE, Kind.RESTORE, Kind.CLEANUP)) {
            RefusalException refusal = assertThrows(RefusalException.class, () -> demo.submit(kind, "a1"));
            assertEquals(Reason.UNKNOWN, refusal.getReason());
            assertEquals("There is no staging “a1” in project “demo”.", refusal.getMessage());
        }
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        for (Kind kind : List.of(Kind.RESTORE, Kind.CLEANUP)) {
            assertEquals(
                    Reason.NOT_NOW,
                    assertThrows(RefusalException.class, () -> demo.submit(kind, "a1"))
                            .getReason());
        }
        assertEquals(Status.Running, demo.staging("a1").getStatus());
    }

    @Test
    void twoBranchesOfOneName() throws Exception {
        demo.finished(branch("fix/a", Kind.DEPLOY));
        demo.finished(branch("fix/a", Kind.DEPLOY));
        RefusalException refusal = assertThrows(RefusalException.class, () -> branch("fix-a", Kind.DEPLOY));
        assertEquals(Reason.EXISTS, refusal.getReason());
    }

    private AcceptedRequest branch(String branch, Kind kind) throws RefusalException, InterruptedException {
        return StagingService.submit(StagingRequest.builder(demo.project, "same", kind)
                .branch(branch)
                .cause(new Cause.UserIdCause())
                .build());
    }

    @Test
    void cancelledInTheQueue() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1", "A=1"));
        Jenkins.get().getNode("agent").toComputer().setTemporarilyOffline(true, null);
        demo.submit(Kind.UPDATE, "a1", "A=2");
        Staging staging = demo.staging("a1");
        assertEquals(Status.UpdatePending, staging.getStatus());
        assertEquals("A=2", staging.getApplicationOverrides().toString());
        assertTrue(Jenkins.get().getQueue().cancel((Queue.Task) staging));
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
        assertEquals(Status.Running, staging.getStatus(), "it is as it was");
        assertEquals("A=1", staging.getApplicationOverrides().toString());
    }

    @Test
    void lateNoOfConfigCheckChangesNothing() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1", "A=1"));
        scripts.with(ControlScript.CONFIG_CHECK, "echo 'A must be 1.'; exit 1");
        Jenkins.get().getNode("agent").toComputer().setTemporarilyOffline(true, null);
        AcceptedRequest update = demo.submit(Kind.UPDATE, "a1", "A=2");
        Jenkins.get().getNode("agent").toComputer().setTemporarilyOffline(false, null);
        StagingRun run = demo.finished(update);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertEquals("A must be 1.", run.getReason());
        assertEquals(Status.Running, update.staging().getStatus());
        assertEquals("A=1", update.staging().getApplicationOverrides().toString());
    }

    @Test
    void whatTheQueueRefusesIsNotThere() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1", "A=1"));
        RefusingQueue.refuses = true;
        try {
            assertEquals(
                    Reason.UNAVAILABLE,
                    assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, "a2"))
                            .getReason());
            assertNull(demo.staging("a2"));
            assertThrows(RefusalException.class, () -> demo.submit(Kind.UPDATE, "a1", "A=2"));
            assertEquals("A=1", demo.staging("a1").getApplicationOverrides().toString());
            assertEquals(Status.Running, demo.staging("a1").getStatus());
            assertFalse(demo.staging("a1").isBusy());
        } finally {
            RefusingQueue.refuses = false;
        }
    }

    /** As a plugin might that guards the queue. */
    @TestExtension
    public static final class RefusingQueue extends Queue.QueueDecisionHandler {

        private static volatile boolean refuses;

        @Override
        public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
            return !refuses;
        }
    }

    @Test
    void loweringTheLimitLocksNobodyOut() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "orange-button"));
        demo.project.setMaxNameLength(10);
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.ARCHIVE, "orange-button")));
        assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, "purple-button"));
    }

    @Test
    void agentThatCannotStartTheScriptChangesNothing() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        Path taken = Path.of(Jenkins.get().getNode("agent").getRootPath().getRemote(), "octopod");
        try (Stream<Path> left = Files.list(taken)) {
            assertEquals(0, left.count(), "nothing is left on the agent");
        }
        Files.delete(taken);
        Files.createFile(taken);
        StagingRun run = demo.finished(demo.submit(Kind.ARCHIVE, "a1"));
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertEquals(Status.Running, demo.staging("a1").getStatus());
        Files.delete(taken);
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.ARCHIVE, "a1")));
    }

    @Test
    void whatCannotBeStoredIsRefusedAndLeavesNothing() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1", "A=1"));
        Staging staging = demo.staging("a1");
        // A directory where the file should be: as root, tests can't take a permission away.
        Path config = staging.getConfigFile().getFile().toPath();
        Path kept = config.resolveSibling("kept");
        Files.move(config, kept);
        Files.createDirectories(config.resolve("in-the-way"));
        assertEquals(
                Reason.UNAVAILABLE,
                assertThrows(RefusalException.class, () -> demo.submit(Kind.UPDATE, "a1", "A=2"))
                        .getReason());
        assertEquals(Status.Running, staging.getStatus());
        assertFalse(staging.isBusy());
        assertEquals("A=1", staging.getApplicationOverrides().toString());
        assertEquals(0, demo.queue().length);
        Files.delete(config.resolve("in-the-way"));
        Files.delete(config);
        Files.move(kept, config);
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.UPDATE, "a1", "A=2")));
    }

    @Test
    void permissions() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "deployer", "creator", "janitor")
                .grant(Item.BUILD)
                .everywhere()
                .to("deployer")
                .grant(Item.CREATE)
                .everywhere()
                .to("creator")
                .grant(Item.DELETE)
                .everywhere()
                .to("janitor")
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger", "blind")
                .grant(Item.READ, Item.CREATE)
                .onItems(demo.project)
                .to("blind"));
        refuses("reader", Kind.CREATE, "a2");
        refuses("deployer", Kind.CREATE, "a2");
        refuses("reader", Kind.UPDATE, "a1");
        refuses("creator", Kind.ARCHIVE, "a1");
        refuses("janitor", Kind.ARCHIVE, "a1");
        try (ACLContext ignored = as("stranger")) {
            RefusalException refusal = assertThrows(RefusalException.class, () -> demo.submit(Kind.UPDATE, "a1"));
            assertEquals(Reason.UNKNOWN, refusal.getReason(), "what may not be seen isn't there");
        }
        try (ACLContext ignored = as("blind")) {
            RefusalException refusal = assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, "a1"));
            assertEquals(Reason.EXISTS, refusal.getReason(), "but its name is taken");
        }
        try (ACLContext ignored = as("creator")) {
            demo.submit(Kind.CREATE, "a2");
        }
        AcceptedRequest archive;
        try (ACLContext ignored = as("deployer")) {
            archive = demo.submit(Kind.ARCHIVE, "a1");
        }
        demo.finished(archive);
        assertEquals("deployer", demo.staging("a1").getChangedBy());
        refuses("deployer", Kind.CLEANUP, "a1");
        try (ACLContext ignored = as("deployer")) {
            Staging staging = demo.staging("a1");
            assertThrows(AccessDeniedException.class, () -> StagingService.forget(staging));
        }
        try (ACLContext ignored = as("janitor")) {
            StagingService.forget(demo.staging("a1"));
        }
        assertNull(demo.staging("a1"));
        assertFalse(scripts.file("state").toFile().exists());
    }

    private void refuses(String user, Kind kind, String name) {
        try (ACLContext ignored = as(user)) {
            assertThrows(AccessDeniedException.class, () -> demo.submit(kind, name), user + " " + kind);
        }
    }

    private static ACLContext as(String user) {
        return ACL.as2(hudson.model.User.getById(user, true).impersonate2());
    }
}
