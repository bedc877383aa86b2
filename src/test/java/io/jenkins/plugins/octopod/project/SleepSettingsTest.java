package io.jenkins.plugins.octopod.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Items;
import hudson.util.FormValidation;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** When it is night for a project, and how that is kept. */
@WithSharedJenkins
class SleepSettingsTest {

    @TempDir
    private Path directory;

    @Test
    void nights(JenkinsRule jenkins) {
        SleepSettings settings = new SleepSettings();
        assertFalse(settings.lastTimes(Instant.parse("2026-11-23T03:00:00Z"), "demo")
                .isNight());
        settings.setArchiveAt("TZ=Asia/Tokyo\n0 20 * * *");
        settings.setRestoreAt("TZ=Asia/Tokyo\n# not at the weekend\n30 7 * * 1-5");
        // Monday, 2026-11-23, in Tokyo, nine hours ahead
        assertNight(false, settings, "2026-11-23T10:59:59Z");
        assertNight(true, settings, "2026-11-23T11:00:00Z");
        assertNight(true, settings, "2026-11-23T22:29:59Z");
        assertNight(false, settings, "2026-11-23T22:30:00Z");
        // Saturday
        assertNight(true, settings, "2026-11-28T03:00:00Z");
        assertEquals(
                Instant.parse("2026-11-27T11:00:00Z"),
                settings.lastTimes(Instant.parse("2026-11-28T03:00:00Z"), "demo")
                        .sleep());

        settings.setRestoreAt(null);
        assertNight(true, settings, "2026-11-23T10:00:00Z");
        settings.setArchiveAt("0 0 31 6 *");
        assertNull(settings.lastTimes(Instant.parse("2026-11-23T10:00:00Z"), "demo")
                .sleep());
        settings.setArchiveAt("every night");
        assertNight(false, settings, "2026-11-23T10:00:00Z");
    }

    /** In Berlin there is no 02:30 on the last Sunday of March, and there are two of them on that of October. */
    @Test
    void nightsInWhichClocksAreChanged(JenkinsRule jenkins) {
        SleepSettings settings = new SleepSettings();
        settings.setArchiveAt("TZ=Europe/Berlin\n30 2 * * *");
        assertLastSleep(settings, "2030-03-31T01:29:00Z", "2030-03-30T01:30:00Z");
        assertLastSleep(settings, "2030-03-31T01:30:00Z", "2030-03-31T01:30:00Z");
        assertLastSleep(settings, "2030-10-27T00:29:00Z", "2030-10-26T00:30:00Z");
        assertLastSleep(settings, "2030-10-27T00:30:00Z", "2030-10-27T00:30:00Z");
        assertLastSleep(settings, "2030-10-27T01:30:00Z", "2030-10-27T00:30:00Z");
        assertLastSleep(settings, "2030-10-28T01:29:00Z", "2030-10-27T00:30:00Z");

        for (String times : List.of("TZ=Europe/Berlin\n*/15 * * * *", "TZ=Australia/Lord_Howe\n59 1 * * *")) {
            settings.setArchiveAt(times);
            for (String day : List.of("2030-03-30", "2030-04-06", "2030-10-05", "2030-10-26")) {
                Instant before = Instant.MIN;
                for (int minute = 0; minute < 2 * 24 * 60; minute++) {
                    Instant now = Instant.parse(day + "T00:00:00Z").plus(Duration.ofMinutes(minute));
                    Instant last = settings.lastTimes(now, "demo").sleep();
                    assertFalse(last.isAfter(now), times + " is yet to come at " + now + ": " + last);
                    assertFalse(last.isBefore(before), times + " was later than that at " + now + ": " + last);
                    before = last;
                }
            }
        }
    }

    private static void assertLastSleep(SleepSettings settings, String now, String sleep) {
        assertEquals(
                Instant.parse(sleep),
                settings.lastTimes(Instant.parse(now), "demo").sleep(),
                now);
    }

    @Test
    void projectsAreSpread(JenkinsRule jenkins) {
        SleepSettings settings = new SleepSettings();
        settings.setArchiveAt("H H(18-23) * * *");
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        assertEquals(settings.lastTimes(now, "one"), settings.lastTimes(now, "one"));
        long different = java.util.stream.IntStream.range(0, 20)
                .mapToObj(i -> settings.lastTimes(now, "project" + i).sleep())
                .distinct()
                .count();
        assertTrue(different > 10, different + " times for 20 projects");
    }

    private static void assertNight(boolean night, SleepSettings settings, String now) {
        assertEquals(night, settings.lastTimes(Instant.parse(now), "demo").isNight(), now);
    }

    @Test
    void theFormKeepsThem(JenkinsRule jenkins) throws Exception {
        OctopodProject project = TestProject.withScripts(jenkins, directory).project;
        jenkins.assertEqualDataBoundBeans(
                new SleepSettings(), jenkins.configRoundtrip(project).getSleep());
        SleepSettings settings = new SleepSettings();
        settings.setArchiveAt("TZ=Europe/Berlin\nH 20 * * *");
        settings.setRestoreAt("H 7 * * 1-5");
        project.setSleep(settings);
        OctopodProject after = jenkins.configRoundtrip(project);
        assertEquals(
                "TZ=Europe/Berlin\nH 20 * * *", after.getSleep().getArchiveAt().replace("\r", ""));
        assertEquals("H 7 * * 1-5", after.getSleep().getRestoreAt());
        OctopodProject reloaded = (OctopodProject) Items.load(jenkins.jenkins, project.getRootDir());
        jenkins.assertEqualDataBoundBeans(after.getSleep(), reloaded.getSleep());
    }

    @Test
    void theFormSaysWhatIsWrong(JenkinsRule jenkins) throws Exception {
        OctopodProject project = TestProject.withScripts(jenkins, directory).project;
        SleepSettings.DescriptorImpl form = jenkins.jenkins.getDescriptorByType(SleepSettings.DescriptorImpl.class);
        FormValidation good = form.doCheckArchiveAt(project, "H 20 * * *", "");
        assertEquals(FormValidation.Kind.OK, good.kind);
        assertTrue(good.renderHtml().contains("Would last have run at"), good.renderHtml());
        assertEquals(FormValidation.Kind.ERROR, form.doCheckArchiveAt(project, "nightly", "").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckArchiveAt(project, "", "0 7 * * *").kind);
        assertEquals(FormValidation.Kind.WARNING, form.doCheckRestoreAt(project, "", "0 20 * * *").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckRestoreAt(project, "0 25 * * *", "0 20 * * *").kind);

        JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        for (String[] bad : new String[][] {{"nightly", ""}, {"", "0 7 * * *"}, {"0 20 * * *", "25"}}) {
            HtmlForm page = browser.getPage(project, "configure").getFormByName("config");
            page.getTextAreaByName("_.archiveAt").setText(bad[0]);
            page.getTextAreaByName("_.restoreAt").setText(bad[1]);
            HtmlPage answer = jenkins.submit(page);
            assertEquals(400, answer.getWebResponse().getStatusCode(), bad[0] + bad[1]);
            assertNull(project.getSleep().getArchiveAt());
        }
    }
}
