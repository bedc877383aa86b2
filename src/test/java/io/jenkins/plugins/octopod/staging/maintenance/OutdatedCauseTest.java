package io.jenkins.plugins.octopod.staging.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestClock;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.SleepSettings;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.lifetime.Expiry;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What Jenkins has asked for by itself is examined again when its run begins, as that may be days later. */
@WithSharedJenkins
class OutdatedCauseTest {

    private static final Instant NOON = Instant.parse("2030-05-06T12:00:00Z");
    private static final Instant NIGHT = Instant.parse("2030-05-06T20:00:00Z");
    private static final Instant MORNING = Instant.parse("2030-05-07T07:00:00Z");

    @TempDir
    private Path directory;

    private TestClock clock;
    private TestProject demo;
    private DumbSlave agent;
    private Staging staging;

    @BeforeEach
    void create(JenkinsRule rule) throws Exception {
        clock = TestClock.start();
        clock.leapTo(NOON);
        demo = TestProject.withScripts(rule, new ScriptDirectory(directory.resolve("scripts")).path());
        agent = demo.connectAgent("agent");
        staging = demo.finished(demo.submit(Kind.CREATE, "orange")).getParent();
    }

    @AfterEach
    void stopClock() {
        clock.close();
    }

    @Test
    void aNightThatIsOver() throws Exception {
        sleepAtNight();
        agentIsOff();
        clock.leapTo(NIGHT);
        look();
        clock.leapTo(MORNING.plus(Duration.ofHours(5)));
        assertSkipped("The night for which the staging was queued to be archived is over");
        assertEquals(Status.Running, staging.getStatus());
        assertNull(staging.lifetime().asleepSince());
        assertNull(LifetimeService.nextAttempt(staging), "that is no failure");
        clock.leapTo(NIGHT.plus(Duration.ofDays(1)));
        look();
        assertEquals(Result.SUCCESS, done().getResult());
        assertTrue(staging.isAsleep());
    }

    @Test
    void aMorningAfterWhichItIsNightAgain() throws Exception {
        sleepAtNight();
        clock.leapTo(NIGHT);
        look();
        done();
        agentIsOff();
        clock.leapTo(MORNING);
        look();
        clock.leapTo(NIGHT.plus(Duration.ofDays(1)));
        assertSkipped("it is night again");
        assertTrue(staging.isAsleep());
        clock.leapTo(MORNING.plus(Duration.ofDays(1)));
        look();
        assertEquals(Result.SUCCESS, done().getResult());
        assertEquals(Status.Running, staging.getStatus());
    }

    @Test
    void anExpiryThatWasMoved() throws Exception {
        LifetimeService.expire(staging, Expiry.afterDays(2));
        agentIsOff();
        clock.leap(Duration.ofDays(2));
        look();
        assertTrue(staging.isBusy());
        LifetimeService.expire(staging, Expiry.afterDays(30));
        assertSkipped("expiry was changed after this run was queued");
        assertEquals(Status.Running, staging.getStatus());
        assertEquals(Expiry.afterDays(30), staging.lifetime().expiry());
    }

    @Test
    void aRetentionThatWasRaised() throws Exception {
        demo.finished(demo.submit(Kind.ARCHIVE, "orange"));
        Instant since = staging.observedState().since();
        agentIsOff();
        clock.leapTo(staging.cleanedUpAt());
        look();
        clock.leap(Duration.ofHours(1));
        look();
        assertTrue(staging.isBusy());
        demo.project.getLifetime().setRetentionDays(30);
        assertSkipped("time in the archive is no longer over");
        assertEquals(Status.Archived, staging.getStatus());
        assertEquals(since.plus(Duration.ofDays(30)), staging.cleanedUpAt());
    }

    @Test
    void aPin() throws Exception {
        LifetimeService.expire(staging, Expiry.afterDays(2));
        agentIsOff();
        clock.leap(Duration.ofDays(2));
        look();
        LifetimeService.pin(staging);
        assertSkipped("The staging was pinned after this run was queued");
        assertEquals(Status.Running, staging.getStatus());
        assertTrue(staging.isPinned());
    }

    @Test
    void whatStillHoldsIsDone() throws Exception {
        LifetimeService.expire(staging, Expiry.afterDays(2));
        agentIsOff();
        clock.leap(Duration.ofDays(2));
        look();
        clock.leap(Duration.ofDays(2));
        agent.toComputer().setTemporarilyOffline(false, null);
        assertEquals(Result.SUCCESS, done().getResult());
        assertEquals(Status.Archived, staging.getStatus());
    }

    private void sleepAtNight() throws Exception {
        SleepSettings settings = new SleepSettings();
        settings.setArchiveAt("TZ=UTC\n0 20 * * *");
        settings.setRestoreAt("TZ=UTC\n0 7 * * *");
        demo.project.setSleep(settings);
        demo.project.save();
    }

    private void agentIsOff() {
        agent.toComputer().setTemporarilyOffline(true, null);
    }

    /** The agent is back: the run ends before its script, and says why. */
    private void assertSkipped(String sentence) throws Exception {
        agent.toComputer().setTemporarilyOffline(false, null);
        StagingRun run = done();
        assertEquals(Result.NOT_BUILT, run.getResult());
        assertNull(run.getExitCode());
        assertTrue(run.getReason().contains(sentence), run.getReason());
    }

    private static void look() {
        ExtensionList.lookupSingleton(MaintenanceWork.class).runAll();
    }

    private StagingRun done() throws Exception {
        assertTrue(staging.isBusy(), "something was asked for");
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
        StagingRun run = staging.getLastBuild();
        TestProject.await("the executor to be free", () -> run.getExecutor() == null ? true : null);
        return run;
    }
}
