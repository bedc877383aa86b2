package io.jenkins.plugins.octopod.staging.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Items;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestClock;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.lifetime.Expiry;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
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

/** Stagings that nobody deploys are archived, after a word of warning, unless somebody wants them to stay. */
@WithSharedJenkins
class ExpiryTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private TestClock clock;
    private ScriptDirectory scripts;
    private TestProject demo;
    private Staging staging;

    @BeforeEach
    void create(JenkinsRule jenkins) throws Exception {
        clock = TestClock.start();
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        demo = TestProject.withScripts(jenkins, scripts.path());
        demo.connectAgent("agent");
        staging = demo.finished(demo.submit(Kind.CREATE, "orange-button")).getParent();
    }

    @AfterEach
    void stopClock() {
        clock.close();
    }

    @Test
    void neverUnlessAskedFor() {
        assertNull(staging.expiresAt());
        assertFalse(staging.isExpiringSoon());
        clock.leap(Duration.ofDays(1000));
        look();
        assertFalse(staging.isBusy());
    }

    @Test
    void archivedWhenNothingWasDeployedForDays() throws Exception {
        demo.project.getLifetime().setExpiryDays(14);
        assertEquals(staging.renewedAt().plus(Duration.ofDays(14)), staging.expiresAt());
        clock.leapTo(staging.expiresAt().minus(MINUTE));
        look();
        assertFalse(staging.isBusy());

        clock.leapTo(staging.expiresAt());
        look();
        StagingRun run = archived();
        assertEquals("Not deployed for 14 days", run.getCauses().get(0).getShortDescription());
        assertEquals(Status.Archived, staging.getStatus());
        assertNull(staging.expiresAt());
        look();
        assertEquals(run, staging.getLastBuild());
    }

    @Test
    void deploymentsRenewIt() throws Exception {
        demo.project.getLifetime().setExpiryDays(14);
        for (Kind kind : List.of(Kind.UPDATE, Kind.ARCHIVE, Kind.RESTORE)) {
            clock.leap(Duration.ofDays(10));
            Instant before = staging.renewedAt();
            demo.finished(demo.submit(kind, "orange-button"));
            assertEquals(kind == Kind.ARCHIVE, before.equals(staging.renewedAt()), kind.toString());
        }
        assertTrue(staging.expiresAt().isAfter(clock.instant().plus(Duration.ofDays(13))));
        Staging reloaded = (Staging) Items.load(demo.project, staging.getRootDir());
        assertEquals(staging.expiresAt(), reloaded.expiresAt());
    }

    @Test
    void ownDaysAndDatesOverThoseOfTheProject() throws Exception {
        demo.project.getLifetime().setExpiryDays(14);
        LifetimeService.expire(staging, Expiry.afterDays(3));
        assertEquals(staging.renewedAt().plus(Duration.ofDays(3)), staging.expiresAt());
        LifetimeService.expire(staging, Expiry.afterDays(0));
        assertNull(staging.expiresAt());

        Instant date = clock.instant().plus(Duration.ofDays(30)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        LifetimeService.expire(staging, Expiry.at(date));
        demo.finished(demo.submit(Kind.UPDATE, "orange-button"));
        Staging reloaded = (Staging) Items.load(demo.project, staging.getRootDir());
        assertEquals(date, reloaded.expiresAt());
        RefusalException refusal = assertThrows(
                RefusalException.class,
                () -> LifetimeService.expire(staging, Expiry.at(clock.instant().minus(MINUTE))));
        assertEquals(Reason.INVALID_INPUT, refusal.getReason());
        assertEquals(date, staging.expiresAt());

        clock.leapTo(date);
        look();
        String why = archived().getCauses().get(0).getShortDescription();
        assertTrue(why.startsWith("Its expiry date was reached: "), why);
        demo.finished(demo.submit(Kind.RESTORE, "orange-button"));
        assertEquals(
                staging.renewedAt().plus(Duration.ofDays(14)), staging.expiresAt(), "the date is over, the days count");
        LifetimeService.expire(staging, Expiry.afterDays(1));
        LifetimeService.expire(staging, Expiry.AS_PROJECT);
        assertEquals(staging.renewedAt().plus(Duration.ofDays(14)), staging.expiresAt());
    }

    @Test
    void onTheDayThatTheProjectSaysUnlessDeployedSince() throws Exception {
        LocalDate day =
                LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault()).plusDays(5);
        Instant date = day.atStartOfDay(ZoneId.systemDefault()).toInstant();
        demo.project.getLifetime().setExpiryDate(day.toString());
        assertEquals(date, staging.expiresAt());
        demo.project.getLifetime().setExpiryDays(2);
        assertEquals(staging.renewedAt().plus(Duration.ofDays(2)), staging.expiresAt(), "whichever comes first");
        demo.project.getLifetime().setExpiryDays(30);
        assertEquals(date, staging.expiresAt());
        LifetimeService.expire(staging, Expiry.afterDays(60));
        assertEquals(staging.renewedAt().plus(Duration.ofDays(60)), staging.expiresAt(), "its own days");
        LifetimeService.expire(staging, Expiry.AS_PROJECT);

        demo.finished(demo.submit(Kind.UPDATE, "orange-button"));
        clock.leapTo(date.minus(MINUTE));
        look();
        assertFalse(staging.isBusy());
        assertTrue(staging.isExpiringSoon());
        clock.leapTo(date);
        look();
        String why = archived().getCauses().get(0).getShortDescription();
        assertTrue(why.startsWith("Its expiry date was reached: "), why);
        demo.finished(demo.submit(Kind.RESTORE, "orange-button"));
        assertEquals(staging.renewedAt().plus(Duration.ofDays(30)), staging.expiresAt());
    }

    @Test
    void aPinnedOneStays() throws Exception {
        demo.project.getLifetime().setExpiryDays(14);
        LifetimeService.pin(staging);
        assertTrue(((Staging) Items.load(demo.project, staging.getRootDir())).isPinned());
        clock.leap(Duration.ofDays(100));
        look();
        assertFalse(staging.isBusy());
        assertNull(staging.expiresAt());
        LifetimeService.unpin(staging);
        look();
        archived();
    }

    @Test
    void listenersAreToldOnceADayBefore() throws Exception {
        demo.project.getLifetime().setExpiryDays(14);
        Instant expiry = staging.expiresAt();
        Listener listener = ExtensionList.lookupSingleton(Listener.class);
        listener.told.clear();
        clock.leapTo(expiry.minus(Duration.ofDays(1)).minus(MINUTE));
        look();
        assertFalse(staging.isExpiringSoon());
        assertEquals(List.of(), listener.told);

        clock.leapTo(expiry.minus(Duration.ofDays(1)));
        File record = new File(staging.getRootDir(), "observed.xml");
        look();
        assertTrue(staging.isExpiringSoon());
        assertEquals(List.of("orange-button " + expiry), listener.told);
        Object written = Files.getAttribute(record.toPath(), "unix:ino");
        clock.leap(MINUTE);
        look();
        assertEquals(1, listener.told.size(), "not again");
        assertEquals(written, Files.getAttribute(record.toPath(), "unix:ino"), "nothing was written again");
        demo.project.save();
        Jenkins.get().reload();
        demo = TestProject.again(demo.jenkins);
        staging = demo.staging("orange-button");
        TestProject.await("Jenkins to be loaded", () -> {
            look();
            return staging.observedState().pending() == null ? true : null;
        });
        assertEquals(1, listener.told.size(), "nor after a restart");

        demo.finished(demo.submit(Kind.UPDATE, "orange-button"));
        assertFalse(staging.isExpiringSoon());
        clock.leapTo(staging.expiresAt().minus(Duration.ofHours(3)));
        look();
        assertEquals("orange-button " + staging.expiresAt(), listener.told.get(1), "each time is told");
        assertEquals(2, listener.told.size());
    }

    @Test
    void whatIsRefusedIsDueLater() throws Exception {
        demo.project.getLifetime().setExpiryDays(1);
        clock.leap(Duration.ofDays(2));
        Jenkins.get().doQuietDown(false, 0, null, false);
        look();
        assertFalse(staging.isBusy());
        Jenkins.get().doCancelQuietDown();
        scripts.with(
                ControlScript.UPDATE,
                "echo updating; while test ! -e '" + scripts.file("go") + "'; do sleep 0.1; done");
        demo.project.getLifetime().setExpiryDays(3);
        var update = demo.submit(Kind.UPDATE, "orange-button");
        demo.printing(update, "updating");
        clock.leap(Duration.ofDays(4));
        look();
        assertEquals(
                1, staging.getBuilds().stream().filter(StagingRun::isBuilding).count());
        Files.createFile(scripts.file("go"));
        demo.finished(update);
        look();
        archived();
    }

    @Test
    void aClockThatIsSetBackMakesNoPauseLonger() throws Exception {
        demo.project.getLifetime().setExpiryDays(1);
        clock.leap(Duration.ofDays(3));
        demo.project.setAgentLabel("nobody");
        look();
        assertFalse(staging.isBusy(), "it is refused");
        demo.project.setAgentLabel(TestProject.LABEL);
        look();
        assertFalse(staging.isBusy(), "what was refused has a pause");
        clock.leap(Duration.ofDays(-1));
        look();
        archived();
    }

    @Test
    void anArchivingThatFailsIsTriedAgainAfterAPause() throws Exception {
        scripts.with(ControlScript.ARCHIVE, "echo no; exit 1");
        scripts.with(ControlScript.ARCHIVE_CHECK, "test -e '" + scripts.file("away") + "'");
        demo.project.getLifetime().setExpiryDays(1);
        clock.leap(Duration.ofDays(2));
        look();
        StagingRun first = archived();
        assertEquals(Status.ArchivePending, staging.getStatus());
        clock.leap(Duration.ofMinutes(59));
        look();
        assertFalse(staging.isBusy());
        scripts.with(ControlScript.ARCHIVE, "touch '" + scripts.file("away") + "'");
        clock.leap(Duration.ofMinutes(2));
        look();
        StagingRun second = archived();
        assertEquals(first.getNumber() + 1, second.getNumber());
        assertEquals(Status.Archived, staging.getStatus());
    }

    private static void look() {
        ExtensionList.lookupSingleton(MaintenanceWork.class).runAll();
    }

    /** Waits for the run that the look has asked for. */
    private StagingRun archived() throws Exception {
        assertTrue(staging.isBusy(), "archiving was asked for");
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
        StagingRun run = staging.getLastBuild();
        assertNotNull(run);
        TestProject.await("the executor to be free", () -> run.getExecutor() == null ? true : null);
        return run;
    }

    /** Remembers what it was told. */
    @TestExtension
    public static final class Listener extends StagingListener {

        private final List<String> told = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void onExpiring(Staging staging, Instant when) {
            told.add(staging.getName() + " " + when);
        }
    }
}
