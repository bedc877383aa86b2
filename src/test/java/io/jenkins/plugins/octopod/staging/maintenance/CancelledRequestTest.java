package io.jenkins.plugins.octopod.staging.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Cause;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.model.Result;
import hudson.model.Run;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestClock;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.SleepSettings;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.lifetime.Expiry;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** A request that ends before its script has changed nothing, also of what is kept beside the overrides. */
@WithSharedJenkins
class CancelledRequestTest {

    private static final Instant NOON = Instant.parse("2030-05-06T12:00:00Z");
    private static final Instant NIGHT = Instant.parse("2030-05-06T20:00:00Z");
    private static final Instant MORNING = Instant.parse("2030-05-07T07:00:00Z");

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private TestClock clock;
    private ScriptDirectory scripts;
    private TestProject demo;
    private DumbSlave agent;
    private Staging staging;

    @BeforeEach
    void create(JenkinsRule rule) throws Exception {
        jenkins = rule;
        clock = TestClock.start();
        clock.leapTo(NOON);
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        demo = TestProject.withScripts(rule, scripts.path());
        SleepSettings settings = new SleepSettings();
        settings.setArchiveAt("TZ=UTC\n0 20 * * *");
        settings.setRestoreAt("TZ=UTC\n0 7 * * *");
        demo.project.setSleep(settings);
        demo.project.save();
        agent = demo.connectAgent("agent");
        staging = demo.finished(demo.submit(Kind.CREATE, "orange")).getParent();
    }

    @AfterEach
    void stopClock() {
        clock.close();
    }

    @Test
    void aWakeUpThatFailsBeforeItsScriptIsTriedAgainWithGrowingPauses() throws Exception {
        clock.leapTo(NIGHT);
        look();
        done();
        scripts.with(ControlScript.DEPLOYMENT_CONFIG, "echo 'the registry is down' >&2; exit 1");
        demo.project.save();
        clock.leapTo(MORNING);
        look();
        assertEquals(Result.FAILURE, done().getResult());
        assertEquals(Status.Archived, staging.getStatus());
        assertTrue(staging.isAsleep(), "it is still to be restored");
        assertNull(staging.cleanedUpAt());
        look();
        assertFalse(staging.isBusy(), "not each minute");
        Duration before = Duration.ZERO;
        for (int i = 0; i < 3; i++) {
            Instant failed = clock.instant();
            clock.leapTo(LifetimeService.nextAttempt(staging));
            Duration pause = Duration.between(failed, clock.instant());
            assertTrue(pause.compareTo(before) > 0, pause + " after " + before);
            before = pause;
            look();
            assertEquals(Result.FAILURE, done().getResult());
        }
        assertTrue(staging.isAsleep());
        scripts.without(ControlScript.DEPLOYMENT_CONFIG);
        demo.project.save();
        clock.leapTo(MORNING.plus(Duration.ofHours(5)));
        look();
        assertEquals(Result.SUCCESS, done().getResult());
        assertEquals(Status.Running, staging.getStatus());
        assertFalse(staging.isAsleep());
        assertNull(staging.lifetime().asleepSince());
        assertNull(LifetimeService.nextAttempt(staging));
    }

    @Test
    void aCancelledWakeUpLeavesItAsleep() throws Exception {
        clock.leapTo(NIGHT);
        look();
        done();
        agent.toComputer().setTemporarilyOffline(true, null);
        clock.leapTo(MORNING);
        look();
        cancel();
        agent.toComputer().setTemporarilyOffline(false, null);
        assertTrue(staging.isAsleep());
        assertTrue(((Staging) Items.load(demo.project, staging.getRootDir())).isAsleep());
        clock.leapTo(MORNING.plus(Duration.ofDays(1)).plusSeconds(3600));
        look();
        done();
        assertEquals(Status.Running, staging.getStatus());
    }

    @Test
    void whoeverHasRestoredItInVainHasNotEndedItsSleep() throws Exception {
        clock.leapTo(NIGHT);
        look();
        done();
        agent.toComputer().setTemporarilyOffline(true, null);
        clock.leapTo(NIGHT.plusSeconds(3600));
        demo.submit(Kind.RESTORE, "orange");
        cancel();
        agent.toComputer().setTemporarilyOffline(false, null);
        assertTrue(staging.isAsleep());
    }

    @Test
    void theJobOfACancelledRequestHasDeployedNothing() throws Exception {
        agent.toComputer().setTemporarilyOffline(true, null);
        Instant renewed = staging.renewedAt();
        Instant changed = staging.changedAt();
        String by = staging.getChangedBy();
        clock.leap(Duration.ofHours(1));
        submitFrom(jenkins.createFreeStyleProject("other"));
        assertEquals("other", staging.lifetime().deployedBy());
        cancel();
        agent.toComputer().setTemporarilyOffline(false, null);
        assertNull(staging.lifetime().deployedBy());
        assertEquals(renewed, staging.renewedAt());
        assertEquals(changed, staging.changedAt());
        assertEquals(by, staging.getChangedBy());
        assertEquals(Overrides.NONE, staging.getApplicationOverrides());
        Staging stored = (Staging) Items.load(demo.project, staging.getRootDir());
        assertNull(stored.lifetime().deployedBy());
        assertEquals(renewed, stored.renewedAt());
        assertEquals(by, stored.getChangedBy());
    }

    @Test
    void aJobThatIsRenamedMeanwhileHasDeployedNothingEither() throws Exception {
        FreeStyleProject other = jenkins.createFreeStyleProject("other");
        agent.toComputer().setTemporarilyOffline(true, null);
        submitFrom(other);
        other.renameTo("renamed");
        assertEquals("renamed", staging.lifetime().deployedBy());
        cancel();
        agent.toComputer().setTemporarilyOffline(false, null);
        assertNull(staging.lifetime().deployedBy());
    }

    @Test
    void theJobOfARequestThatFailedBeforeItsScriptHasDeployedNothing() throws Exception {
        Instant renewed = staging.renewedAt();
        FreeStyleProject other = jenkins.createFreeStyleProject("other");
        agent.toComputer().setTemporarilyOffline(true, null);
        clock.leap(Duration.ofHours(1));
        submitFrom(other);
        scripts.with(ControlScript.DEPLOYMENT_CONFIG, "exit 1");
        agent.toComputer().setTemporarilyOffline(false, null);
        assertEquals(Result.FAILURE, done().getResult());
        assertNull(staging.lifetime().deployedBy());
        assertEquals(renewed, staging.renewedAt());
    }

    @Test
    void whatWasSetMeanwhileStays() throws Exception {
        Instant renewed = staging.renewedAt();
        agent.toComputer().setTemporarilyOffline(true, null);
        clock.leap(Duration.ofHours(1));
        demo.submit(Kind.UPDATE, "orange", "A=1");
        LifetimeService.update(staging, Expiry.afterDays(3), true);
        cancel();
        agent.toComputer().setTemporarilyOffline(false, null);
        assertTrue(staging.isPinned());
        assertEquals(Expiry.afterDays(3), staging.lifetime().expiry());
        assertEquals(renewed, staging.renewedAt());
        assertEquals(Overrides.NONE, staging.getApplicationOverrides());
    }

    @Test
    void aDateThatHadPassedIsBack() throws Exception {
        Instant date = clock.instant().plus(Duration.ofHours(1));
        LifetimeService.expire(staging, Expiry.at(date));
        agent.toComputer().setTemporarilyOffline(true, null);
        clock.leap(Duration.ofHours(2));
        demo.submit(Kind.UPDATE, "orange", "A=1");
        assertTrue(staging.lifetime().expiry().isAsProject());
        cancel();
        agent.toComputer().setTemporarilyOffline(false, null);
        assertEquals(
                Expiry.at(Instant.ofEpochMilli(date.toEpochMilli())),
                staging.lifetime().expiry());
    }

    /** What is answered is stored: a Jenkins that is killed right after that doesn’t begin again. */
    @Test
    void abortingStoresThatBeforeItReturns() throws Exception {
        agent.toComputer().setTemporarilyOffline(true, null);
        for (int i = 0; i < 20; i++) {
            demo.submit(Kind.UPDATE, "orange", "A=1");
            StagingService.abort(staging);
            String stored = Files.readString(staging.getRootDir().toPath().resolve("observed.xml"));
            assertFalse(stored.contains("<pending>"), stored);
            assertFalse(staging.isBusy());
        }
        agent.toComputer().setTemporarilyOffline(false, null);
        assertEquals(0, Jenkins.get().getQueue().getItems().length);
    }

    private void submitFrom(FreeStyleProject job) throws Exception {
        StagingService.submit(StagingRequest.builder(demo.project, "orange", Kind.UPDATE)
                .application(Overrides.parse("A=1"))
                .cause(new Cause.UpstreamCause((Run<?, ?>) jenkins.buildAndAssertSuccess(job)))
                .build());
    }

    private void cancel() throws Exception {
        assertTrue(staging.isBusy(), "something was asked for");
        assertTrue(Jenkins.get().getQueue().cancel(staging));
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
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
