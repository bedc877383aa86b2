package io.jenkins.plugins.octopod.staging.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestClock;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.LimitSettings;
import io.jenkins.plugins.octopod.project.SleepSettings;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Stagings sleep at night. */
@WithSharedJenkins
class SleepTest {

    private static final Instant NOON = Instant.parse("2030-05-06T12:00:00Z");
    private static final Instant NIGHT = Instant.parse("2030-05-06T20:00:00Z");
    private static final Instant MORNING = Instant.parse("2030-05-07T07:00:00Z");

    @TempDir
    private Path directory;

    private TestClock clock;
    private ScriptDirectory scripts;
    private TestProject demo;
    private DumbSlave agent;
    private Staging staging;

    @BeforeEach
    void create(JenkinsRule jenkins) throws Exception {
        clock = TestClock.start();
        clock.leapTo(NOON);
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        // Of two stagings, neither may miss what the other has removed.
        scripts.with(ControlScript.CHECK, "exit 0").with(ControlScript.ARCHIVE_CHECK, "exit 0");
        demo = TestProject.withScripts(jenkins, scripts.path());
        SleepSettings settings = new SleepSettings();
        settings.setArchiveAt("TZ=UTC\n0 20 * * *");
        settings.setRestoreAt("TZ=UTC\n0 7 * * *");
        demo.project.setSleep(settings);
        demo.project.save();
        agent = demo.connectAgent("agent");
        staging = demo.finished(demo.submit(Kind.CREATE, "orange-button")).getParent();
    }

    @AfterEach
    void stopClock() {
        clock.close();
    }

    @Test
    void archivedAtNightAndRestoredInTheMorning() throws Exception {
        demo.project.getLifetime().setRetentionDays(1);
        Instant renewed = staging.renewedAt();
        clock.leapTo(NIGHT.minusSeconds(60));
        look();
        assertFalse(staging.isBusy());
        clock.leapTo(NIGHT);
        look();
        StagingRun run = done();
        assertEquals("Archived for the night (project setting “Sleep”)", cause(run));
        assertEquals(Status.Archived, staging.getStatus());
        assertTrue(staging.isAsleep());
        assertNull(staging.cleanedUpAt());
        look();
        assertFalse(staging.isBusy());

        Jenkins.get().reload();
        demo = TestProject.again(demo.jenkins);
        staging = demo.staging("orange-button");
        TestProject.await(
                "Jenkins to be loaded", () -> Jenkins.get().getInitLevel() == InitMilestone.COMPLETED ? true : null);
        clock.leapTo(MORNING.minusSeconds(60));
        look();
        assertFalse(staging.isBusy());
        clock.leapTo(MORNING);
        look();
        assertEquals("Restored in the morning after sleeping (project setting “Sleep”)", cause(done()));
        assertEquals(Status.Running, staging.getStatus());
        assertFalse(staging.isAsleep());
        assertEquals(renewed, staging.renewedAt(), "sleep renews nothing");
        look();
        assertFalse(staging.isBusy());
        clock.leapTo(NIGHT.plus(Duration.ofDays(1)));
        look();
        done();
        assertTrue(staging.isAsleep(), "again the next night");
    }

    @Test
    void wokenAlthoughTheClockWasAheadWhenItFellAsleep() throws Exception {
        clock.jump(Duration.between(clock.instant(), NIGHT.plus(Duration.ofDays(10))));
        look();
        done();
        assertTrue(staging.isAsleep());
        clock.jump(Duration.between(clock.instant(), MORNING));
        look();
        assertEquals("Restored in the morning after sleeping (project setting “Sleep”)", cause(done()));
        assertEquals(Status.Running, staging.getStatus());
        assertFalse(staging.isAsleep());
    }

    @Test
    void whatSomebodyHasArchivedStaysArchived() throws Exception {
        demo.finished(demo.submit(Kind.ARCHIVE, "orange-button"));
        for (Instant time : new Instant[] {NIGHT, MORNING}) {
            clock.leapTo(time);
            look();
            assertFalse(staging.isBusy());
        }
        assertEquals(Status.Archived, staging.getStatus());
        assertFalse(staging.isAsleep());
    }

    @Test
    void whatSomebodyHasWokenIsLeftAlone() throws Exception {
        clock.leapTo(NIGHT);
        look();
        done();
        clock.leapTo(NIGHT.plus(Duration.ofHours(2)));
        demo.finished(demo.submit(Kind.RESTORE, "orange-button"));
        look();
        assertFalse(staging.isBusy());
        clock.leapTo(MORNING);
        look();
        assertFalse(staging.isBusy());
        assertEquals(Status.Running, staging.getStatus());
    }

    @Test
    void whatWasCreatedAtNightOrIsPinnedDoesNotSleep() throws Exception {
        clock.leapTo(NIGHT.plusSeconds(60));
        Staging late = demo.finished(demo.submit(Kind.CREATE, "late-one")).getParent();
        LifetimeService.pin(staging);
        look();
        assertFalse(late.isBusy());
        assertFalse(staging.isBusy());
    }

    @Test
    void whatWasCancelledIsNotTriedAgainThisNight() throws Exception {
        agent.toComputer().setTemporarilyOffline(true, null);
        clock.leapTo(NIGHT);
        look();
        assertTrue(staging.isBusy());
        Jenkins.get().getQueue().cancel(staging);
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
        agent.toComputer().setTemporarilyOffline(false, null);
        assertEquals(Status.Running, staging.getStatus());
        clock.leap(Duration.ofHours(5));
        look();
        assertFalse(staging.isBusy());
        clock.leapTo(NIGHT.plus(Duration.ofDays(1)));
        look();
        done();
        assertEquals(Status.Archived, staging.getStatus());
    }

    @Test
    void whatCouldNotBeArchivedIsTriedAgainTheNextNight() throws Exception {
        scripts.with(ControlScript.ARCHIVE, "exit 1").with(ControlScript.ARCHIVE_CHECK, "exit 1");
        clock.leapTo(NIGHT);
        look();
        done();
        assertEquals(Status.ArchivePending, staging.getStatus());
        clock.leapTo(MORNING.plus(Duration.ofHours(5)));
        look();
        assertFalse(staging.isBusy(), "there is nothing to be woken");

        scripts.with(ControlScript.ARCHIVE, "exit 0").with(ControlScript.ARCHIVE_CHECK, "exit 0");
        clock.leapTo(NIGHT.plus(Duration.ofDays(1)));
        look();
        done();
        assertTrue(staging.isAsleep());
        clock.leapTo(MORNING.plus(Duration.ofDays(1)));
        look();
        done();
        assertEquals(Status.Running, staging.getStatus());
    }

    @Test
    void whatSomebodyWantsArchivedIsNotPutToSleep() throws Exception {
        scripts.with(ControlScript.ARCHIVE, "exit 1").with(ControlScript.ARCHIVE_CHECK, "exit 1");
        demo.finished(demo.submit(Kind.ARCHIVE, "orange-button"));
        assertEquals(Status.ArchivePending, staging.getStatus());
        clock.leapTo(NIGHT);
        look();
        assertFalse(staging.isBusy());
    }

    @Test
    void whatHasExpiredMeanwhileIsNotWoken() throws Exception {
        demo.project.getLifetime().setExpiryDays(1);
        clock.leapTo(NIGHT);
        look();
        done();
        clock.leapTo(MORNING.plus(Duration.ofDays(1)));
        look();
        assertFalse(staging.isBusy());
        assertFalse(staging.isAsleep());
        assertTrue(staging.cleanedUpAt().isAfter(clock.instant()));
    }

    @Test
    void nobodyMakesRoomForWhatWakesByItself() throws Exception {
        demo.project.getLimits().setRunningStagings(1);
        demo.project.getLimits().setWhenFull(LimitSettings.WhenFull.ARCHIVE_UNUSED);
        clock.leapTo(NIGHT);
        look();
        done();
        clock.leapTo(NIGHT.plusSeconds(60));
        Staging late = demo.finished(demo.submit(Kind.CREATE, "late-one")).getParent();
        clock.leapTo(MORNING);
        look();
        assertFalse(staging.isBusy());
        assertEquals(Status.Running, late.getStatus());
        assertFalse(late.isBusy());

        demo.finished(demo.submit(Kind.ARCHIVE, "late-one"));
        look();
        assertFalse(staging.isBusy(), "what was refused has a pause");
        clock.leap(Duration.ofMinutes(1));
        look();
        done();
        assertEquals(Status.Running, staging.getStatus());
    }

    @Test
    void whatIsMissedIsMadeUpFor() throws Exception {
        clock.leapTo(NIGHT.plus(Duration.ofHours(3)));
        look();
        done();
        assertTrue(staging.isAsleep());
        clock.leapTo(MORNING.plus(Duration.ofHours(5)));
        look();
        done();
        assertEquals(Status.Running, staging.getStatus());
        clock.leap(Duration.ofDays(1));
        look();
        assertFalse(staging.isBusy(), "a night that is over is over");
    }

    private static void look() {
        ExtensionList.lookupSingleton(MaintenanceWork.class).runAll();
    }

    private static String cause(StagingRun run) {
        return run.getCauses().get(0).getShortDescription();
    }

    /** Waits for the run that the look has asked for. */
    private StagingRun done() throws Exception {
        assertTrue(staging.isBusy(), "something was asked for");
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
        StagingRun run = staging.getLastBuild();
        TestProject.await("the executor to be free", () -> run.getExecutor() == null ? true : null);
        return run;
    }
}
