package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestClock;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.LimitSettings.WhenFull;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;

/** How many stagings there may be in use, and what becomes of one more. */
@WithSharedJenkins
class CapacityLimitsTest {

    private static final int THREADS = 200;

    @TempDir
    private Path directory;

    private TestClock clock;
    private JenkinsRule jenkins;
    private ScriptDirectory scripts;
    private TestProject demo;

    @BeforeEach
    void create(JenkinsRule rule) throws Exception {
        clock = TestClock.start();
        jenkins = rule;
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        // Of several stagings, none may miss what another has removed.
        scripts.with(ControlScript.CHECK, "exit 0").with(ControlScript.ARCHIVE_CHECK, "exit 0");
        demo = TestProject.withScripts(rule, scripts.path());
        demo.connectAgent("agent");
    }

    @AfterEach
    void stopClock() {
        clock.close();
    }

    @Test
    void oneTooManyIsRefused() throws Exception {
        demo.project.getLimits().setRunningStagings(2);
        created("one");
        created("two");
        RefusalException refusal = assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, "three"));
        assertEquals(Reason.NOT_NOW, refusal.getReason());
        assertEquals(
                "Project “demo” is limited to 2 stagings in use. There are: one, two. Archive " + "one of them first.",
                refusal.getMessage());
        demo.finished(demo.submit(Kind.UPDATE, "two"));
        demo.finished(demo.submit(Kind.ARCHIVE, "one"));
        created("three");
        assertThrows(RefusalException.class, () -> demo.submit(Kind.RESTORE, "one"));
        assertThrows(RefusalException.class, () -> demo.submit(Kind.DEPLOY, "one"));
        demo.project.getLimits().setRunningStagings(0);
        demo.finished(demo.submit(Kind.RESTORE, "one"));
    }

    @Test
    void hiddenOnesAreCountedAndNotNamed() throws Exception {
        demo.project.getLimits().setRunningStagings(1);
        created("secret");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CREATE)
                .onItems(demo.project)
                .to("creator"));
        RefusalException refusal =
                assertThrows(RefusalException.class, () -> as("creator", () -> demo.submit(Kind.CREATE, "mine")));
        assertEquals(
                "Project “demo” is limited to one staging in use. There are: one that you may "
                        + "not see. Archive one of them first.",
                refusal.getMessage());
    }

    @Test
    void aLimitForEachPerson() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("alice", "bob"));
        demo.project.getLimits().setRunningStagingsPerUser(1);
        demo.finished(as("alice", () -> demo.submit(Kind.CREATE, "one")));
        RefusalException refusal =
                assertThrows(RefusalException.class, () -> as("alice", () -> demo.submit(Kind.CREATE, "two")));
        assertEquals(
                "alice is limited to one staging in use in project “demo”. There are: one. Archive one of them first.",
                refusal.getMessage());
        demo.finished(as("bob", () -> demo.submit(Kind.CREATE, "two")));

        demo.project.getLimits().setWhenFull(WhenFull.ARCHIVE_UNUSED);
        Staging three = demo.finished(as("bob", () -> demo.submit(Kind.CREATE, "three")))
                .getParent();
        assertEquals(Status.Running, three.getStatus());
        awaitArchived("two");
        assertEquals(Status.Running, demo.staging("one").getStatus(), "somebody else’s");
        demo.finished(as("alice", () -> demo.submit(Kind.ARCHIVE, "three")));
        assertThrows(
                RefusalException.class,
                () -> {
                    LifetimeService.pin(demo.staging("one"));
                    as("bob", () -> demo.submit(Kind.CREATE, "four"));
                    as("alice", () -> demo.submit(Kind.CREATE, "five"));
                },
                "alice's only one is pinned");
        assertNotNull(demo.staging("four"));
    }

    /** Refuses the runs of one staging. */
    @TestExtension
    public static final class RefusingQueue extends Queue.QueueDecisionHandler {
        @Override
        public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
            return !task.getName().equals("refused");
        }
    }

    @Test
    void nobodyLeavesForOneThatDoesNotCome() throws Exception {
        demo.project.getLimits().setRunningStagings(1);
        demo.project.getLimits().setWhenFull(WhenFull.ARCHIVE_UNUSED);
        created("old");
        RefusalException refusal = assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, "refused"));
        assertEquals(Reason.UNAVAILABLE, refusal.getReason());
        assertFalse(demo.staging("old").isBusy());
        assertEquals(Status.Running, demo.staging("old").getStatus());
        assertEquals(1, demo.staging("old").getBuilds().size());
    }

    @Test
    void theOneUnusedLongestMakesRoom() throws Exception {
        demo.project.getLimits().setRunningStagings(3);
        demo.project.getLimits().setWhenFull(WhenFull.ARCHIVE_UNUSED);
        for (String name : List.of("pinned", "old", "renewed")) {
            created(name);
            clock.leap(Duration.ofHours(1));
        }
        LifetimeService.pin(demo.staging("pinned"));
        demo.finished(demo.submit(Kind.UPDATE, "renewed"));
        created("newcomer");
        Staging old = awaitArchived("old");
        assertEquals(
                "Archived to free capacity for “newcomer”: a limit of the project was reached, "
                        + "and this staging had been unused the longest",
                old.getLastBuild().getCauses().get(0).getShortDescription());
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .onItems(demo.project, old)
                .to("reader"));
        try (ACLContext ignored = ACL.as2(User.getById("reader", true).impersonate2())) {
            assertEquals(
                    "Archived to free capacity for another staging: a limit of the project was "
                            + "reached, and this staging had been unused the longest",
                    old.getLastBuild().getCauses().get(0).getShortDescription(),
                    "one that may not be seen isn't named");
        }
        assertEquals(Status.Running, demo.staging("pinned").getStatus());
        assertEquals(Status.Running, demo.staging("renewed").getStatus());

        for (String name : List.of("renewed", "newcomer")) {
            LifetimeService.pin(demo.staging(name));
        }
        RefusalException refusal = assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, "another"));
        assertEquals(
                "Project “demo” is limited to 3 stagings in use. There are: newcomer, pinned, "
                        + "renewed. Not enough of them can be archived automatically, because the others "
                        + "are pinned or busy. Unpin or archive one, or try again later.",
                refusal.getMessage());
    }

    @Test
    void neverExceededByManyAtOnce() throws Exception {
        demo.project.getLimits().setRunningStagings(5);
        assertEquals(5, acceptedOf(THREADS));
        assertEquals(5, demo.project.getItems().size());
    }

    @Test
    void neverExceededByManyAtOnceThatMakeRoom() throws Exception {
        for (String name : List.of("one", "two", "three")) {
            created(name);
        }
        demo.project.getLimits().setRunningStagings(5);
        demo.project.getLimits().setWhenFull(WhenFull.ARCHIVE_UNUSED);
        jenkins.jenkins.getNode("agent").toComputer().setTemporarilyOffline(true, null);
        // Two free places, and three that the old ones leave; what is new is busy and leaves none.
        assertEquals(5, acceptedOf(THREADS));
        List<Staging> running = demo.project.getItems().stream()
                .map(Staging.class::cast)
                .filter(staging -> staging.getStatus() != Status.ArchivePending)
                .toList();
        assertEquals(5, running.size());
        assertTrue(running.stream().allMatch(staging -> staging.getStatus() == Status.CreatePending));
    }

    private int acceptedOf(int threads) throws Exception {
        jenkins.jenkins.getNode("agent").toComputer().setTemporarilyOffline(true, null);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<AcceptedRequest>> answers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                String name = "staging" + i;
                answers.add(pool.submit(() -> {
                    start.await();
                    try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                        return demo.submit(Kind.CREATE, name);
                    }
                }));
            }
            start.countDown();
            int accepted = 0;
            for (Future<AcceptedRequest> answer : answers) {
                try {
                    answer.get();
                    accepted++;
                } catch (ExecutionException e) {
                    assertEquals(Reason.NOT_NOW, ((RefusalException) e.getCause()).getReason(), e.toString());
                }
            }
            return accepted;
        } finally {
            pool.shutdownNow();
        }
    }

    private void created(String name) throws Exception {
        assertEquals(
                Status.Running,
                demo.finished(demo.submit(Kind.CREATE, name)).getParent().getStatus());
    }

    private Staging awaitArchived(String name) throws Exception {
        Staging staging = demo.staging(name);
        TestProject.await(
                name + " to be archived",
                () -> staging.getStatus() == Status.Archived && !staging.isBusy() ? true : null);
        return staging;
    }

    private static <T> T as(String user, Callable<T> what) throws Exception {
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            return what.call();
        }
    }
}
