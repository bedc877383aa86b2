package io.jenkins.plugins.octopod.staging.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Cause;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.octopod.dashboard.admin.CleanupsMonitor;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestClock;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** Archived stagings are cleaned up after a while. */
@WithSharedJenkins
class RetentionTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private TestClock clock;
    private ScriptDirectory scripts;
    private TestProject demo;
    private Staging staging;

    @BeforeEach
    void archive(JenkinsRule jenkins) throws Exception {
        clock = TestClock.start();
        ExtensionList.lookupSingleton(Runs.class).ended.clear();
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        demo = TestProject.withScripts(jenkins, scripts.path());
        demo.connectAgent("agent");
        staging = demo.finished(demo.submit(Kind.CREATE, "orange-button")).getParent();
        assertNull(staging.cleanedUpAt());
        demo.finished(demo.submit(Kind.ARCHIVE, "orange-button"));
    }

    @AfterEach
    void stopClock() {
        clock.close();
    }

    @Test
    void cleanedUpAfterTheProjectsDays() throws Exception {
        assertEquals(staging.observedState().since().plus(Duration.ofDays(14)), staging.cleanedUpAt());
        demo.project.getLifetime().setRetentionDays(2);
        clock.leapTo(staging.cleanedUpAt().minus(MINUTE));
        look();
        assertFalse(staging.isBusy());
        clock.leapTo(staging.cleanedUpAt());
        look();
        clock.leap(CleanupSafeguard.CONFIRMATION.minus(MINUTE));
        look();
        assertFalse(staging.isBusy(), "it was seen once");
        clock.leap(MINUTE);
        look();
        TestProject.await("the staging to be gone", () -> demo.staging("orange-button") == null ? true : null);
        assertEquals(
                List.of("orange-button #3 SUCCESS: Archived for 2 days"),
                ExtensionList.lookupSingleton(Runs.class).ended.subList(2, 3));
    }

    /** The administrators are told that more is due than the project allows in an hour. */
    @Test
    void noMoreThanTheProjectsNumberInAnHour() throws Exception {
        for (String name : List.of("b1", "b2", "b3")) {
            demo.finished(demo.submit(Kind.CREATE, name));
            demo.finished(demo.submit(Kind.ARCHIVE, name));
        }
        CleanupsMonitor monitor = ExtensionList.lookupSingleton(CleanupsMonitor.class);
        demo.project.getLifetime().setCleanupsPerHour(1);
        clock.leap(Duration.ofDays(15));
        look();
        assertFalse(monitor.isActivated());
        clock.leap(CleanupSafeguard.CONFIRMATION);
        look();
        stagingsLeft(3);
        assertTrue(monitor.isActivated());
        assertEquals(
                List.of(
                        "In project “demo”, 3 cleanups wait, because the project allows 1 an hour. If the stagings should"
                                + " be cleaned up, wait, or raise the cleanups per hour in the project’s configuration. If"
                                + " not, pin them, or raise the project’s days in the archive."),
                monitor.getSentences());
        clock.leap(Duration.ofMinutes(59));
        look();
        stagingsLeft(3);
        clock.leap(MINUTE);
        look();
        stagingsLeft(2);
        demo.project.getLifetime().setCleanupsPerHour(0);
        look();
        stagingsLeft(0);
        look();
        assertFalse(monitor.isActivated());
    }

    /** The agents are away when cleanups are due, so the limit is not a number of requests. */
    @Test
    void cleanupsThatWaitTakeUpTheLimit() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "b1"));
        demo.finished(demo.submit(Kind.ARCHIVE, "b1"));
        demo.project.getLifetime().setCleanupsPerHour(1);
        Computer agent = demo.jenkins.jenkins.getComputer("agent");
        agent.setTemporarilyOffline(true, null);
        clock.leap(Duration.ofDays(15));
        lookTwice();
        for (int hour = 0; hour < 3; hour++) {
            clock.leap(Duration.ofHours(1));
            look();
            assertEquals(
                    1,
                    demo.project.children().stream()
                            .map(Staging.class::cast)
                            .filter(Staging::isBusy)
                            .count());
        }
        agent.setTemporarilyOffline(false, null);
        stagingsLeft(1);
        clock.leap(Duration.ofMinutes(59));
        look();
        stagingsLeft(1);
        clock.leap(MINUTE);
        look();
        stagingsLeft(0);
    }

    private void stagingsLeft(int number) throws Exception {
        TestProject.await(
                "cleanups to end",
                () -> demo.project.children().stream().map(Staging.class::cast).anyMatch(Staging::isBusy)
                        ? null
                        : true);
        assertEquals(number, demo.project.children().size());
    }

    /** A wrong time server, or a snapshot of the machine that was restored. */
    @Test
    void aClockThatIsWeeksAheadForAWhileCleansNothingUp() throws Exception {
        look();
        clock.jump(Duration.ofDays(20));
        look();
        assertFalse(staging.isBusy());
        clock.leap(Duration.ofMinutes(59));
        look();
        assertFalse(staging.isBusy());
        clock.jump(Duration.ofDays(-20));
        look();
        clock.leap(Duration.ofHours(2));
        look();
        assertFalse(staging.isBusy());
        assertEquals(Status.Archived, staging.getStatus());
    }

    /** The clock was wrong until now, or the machine was suspended: no more than a day of that counts. */
    @Test
    void theTimeThatJenkinsHasNotSeenDoesNotCount() throws Exception {
        look();
        Instant expected = staging.cleanedUpAt();
        clock.jump(Duration.ofDays(20));
        lookTwice();
        assertFalse(staging.isBusy());
        Duration later = Duration.between(expected, staging.cleanedUpAt());
        assertTrue(later.minusDays(19).abs().compareTo(MINUTE) < 0, later::toString);
        clock.leap(Duration.ofDays(12));
        lookTwice();
        assertFalse(staging.isBusy(), "it has been archived for 13 days");
        clock.leapTo(staging.cleanedUpAt());
        lookTwice();
        TestProject.await("the staging to be gone", () -> demo.staging("orange-button") == null ? true : null);
    }

    @Test
    void theTimeBeginsAnewWithAnotherArchiving() throws Exception {
        clock.leap(Duration.ofDays(13));
        demo.finished(demo.submit(Kind.RESTORE, "orange-button"));
        assertNull(staging.cleanedUpAt());
        demo.finished(demo.submit(Kind.ARCHIVE, "orange-button"));
        assertTrue(staging.cleanedUpAt().isAfter(clock.instant().plus(Duration.ofDays(13))));
        clock.leap(Duration.ofDays(2));
        look();
        assertFalse(staging.isBusy());
    }

    @Test
    void neitherWherePinnedNorWhereTheProjectSaysNever() throws Exception {
        LifetimeService.pin(staging);
        clock.leap(Duration.ofDays(100));
        look();
        assertFalse(staging.isBusy());
        LifetimeService.unpin(staging);
        demo.project.getLifetime().setRetentionDays(0);
        look();
        assertFalse(staging.isBusy());
        assertNull(staging.cleanedUpAt());
    }

    /** The agents are off when the cleanup is due, and come back after a user has pinned the staging. */
    @Test
    void notWherePinnedAfterTheCleanupWasQueued() throws Exception {
        Computer agent = demo.jenkins.jenkins.getComputer("agent");
        agent.setTemporarilyOffline(true, null);
        clock.leapTo(staging.cleanedUpAt());
        lookTwice();
        assertTrue(staging.isBusy());
        LifetimeService.pin(staging);
        agent.setTemporarilyOffline(false, null);
        TestProject.await("the run to end", () -> staging.isBusy() ? null : staging);
        assertEquals(staging, demo.staging("orange-button"));
        assertEquals(Status.Archived, staging.getStatus());
        assertEquals(Result.NOT_BUILT, staging.getLastBuild().getResult());
    }

    @Test
    void aFailingCleanupIsTriedAgainWithGrowingPauses() throws Exception {
        scripts.with(ControlScript.CLEANUP, "echo 'the volume is in use'; exit 7");
        clock.leap(Duration.ofDays(14));
        lookTwice();
        StagingRun run = failed();
        assertEquals("Archived for 14 days", cause(run));
        int tries = 1;
        for (int hours : new int[] {1, 2, 4, 8, 16, 24, 24}) {
            assertEquals(tries + 2, staging.getLastBuild().getNumber());
            clock.leapTo(staging.cleanedUpAt().minus(MINUTE));
            look();
            assertFalse(staging.isBusy(), "not before " + hours + " hours");
            if (hours == 4) {
                demo.project.save();
                Jenkins.get().reload();
                demo = TestProject.again(demo.jenkins);
                staging = demo.staging("orange-button");
                TestProject.await("Jenkins to be loaded", () -> {
                    look();
                    return Jenkins.get().getInitLevel() == hudson.init.InitMilestone.COMPLETED ? true : null;
                });
                assertFalse(staging.isBusy(), "a restart changes nothing");
            }
            Duration pause = Duration.between(failedAt, staging.cleanedUpAt());
            assertTrue(pause.minusHours(hours).abs().compareTo(Duration.ofSeconds(30)) < 0, hours + ": " + pause);
            clock.leapTo(staging.cleanedUpAt());
            look();
            assertEquals("Another attempt, because the last cleanup failed", cause(failed()));
            tries++;
        }
        scripts.with(ControlScript.CLEANUP, "exit 0");
        demo.submit(Kind.CLEANUP, "orange-button");
        TestProject.await("the staging to be gone by hand", () -> demo.staging("orange-button") == null ? true : null);
    }

    private Instant failedAt;

    /** Waits for the cleanup that the look has asked for. */
    private StagingRun failed() throws Exception {
        assertTrue(staging.isBusy(), "a cleanup was asked for");
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
        failedAt = clock.instant();
        assertEquals(Status.CleanupFailed, staging.getStatus());
        StagingRun run = staging.getLastBuild();
        assertNotNull(run);
        assertEquals(Result.FAILURE, run.getResult());
        assertTrue(run.getReason().contains("the volume is in use"), run.getReason());
        TestProject.await("the executor to be free", () -> run.getExecutor() == null ? true : null);
        return run;
    }

    private static String cause(Run<?, ?> run) {
        return run.getCauses().stream().map(Cause::getShortDescription).reduce("", String::concat);
    }

    /** With enough time in between for what can’t be undone. */
    private void lookTwice() {
        look();
        clock.leap(CleanupSafeguard.CONFIRMATION);
        look();
    }

    private static void look() {
        ExtensionList.lookupSingleton(MaintenanceWork.class).runAll();
    }

    /** Remembers how runs have ended, as they go with their staging. */
    @TestExtension
    public static final class Runs extends RunListener<StagingRun> {

        private final List<String> ended = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void onFinalized(StagingRun run) {
            ended.add(run.getParent().getName() + " #" + run.getNumber() + " " + run.getResult() + ": " + cause(run));
        }
    }
}
