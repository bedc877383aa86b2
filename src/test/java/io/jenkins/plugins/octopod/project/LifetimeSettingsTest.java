package io.jenkins.plugins.octopod.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Items;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** How a project’s rules for lifetimes are kept. */
@WithSharedJenkins
class LifetimeSettingsTest {

    @TempDir
    private Path directory;

    @Test
    void theFormKeepsThem(JenkinsRule jenkins) throws Exception {
        OctopodProject project = TestProject.withScripts(jenkins, directory).project;
        assertEquals(0, project.getLifetime().getExpiryDays());
        assertTrue(project.getLifetime().isArchiveGoneBranches());
        assertEquals(14, project.getLifetime().getRetentionDays());
        assertEquals(15, project.getLifetime().getBranchGraceMinutes());
        assertEquals(20, project.getLifetime().getCleanupsPerHour());
        LifetimeSettings settings = new LifetimeSettings();
        settings.setExpiryDays(21);
        settings.setExpiryDate(" 2030-12-31 ");
        settings.setRetentionDays(3);
        settings.setArchiveGoneBranches(false);
        settings.setBranchGraceMinutes(0);
        settings.setCleanupsPerHour(7);
        project.setLifetime(settings);
        OctopodProject after = jenkins.configRoundtrip(project);
        jenkins.assertEqualDataBoundBeans(settings, after.getLifetime());
        OctopodProject reloaded = (OctopodProject) Items.load(jenkins.jenkins, project.getRootDir());
        jenkins.assertEqualDataBoundBeans(settings, reloaded.getLifetime());
        assertEquals("2030-12-31", reloaded.getLifetime().getExpiryDate());
        assertEquals(
                LocalDate.of(2030, 12, 31).atStartOfDay(ZoneId.systemDefault()).toInstant(),
                reloaded.getLifetime().expiryMoment());
    }

    @Test
    void oldConfigurationsHaveTheDefaults(JenkinsRule jenkins) throws Exception {
        OctopodProject project = TestProject.withScripts(jenkins, directory).project;
        Path config = project.getConfigFile().getFile().toPath();
        String xml = Files.readString(config);
        Files.writeString(config, xml.replaceAll("(?s)<lifetime>.*</lifetime>|<lifetime/>", ""));
        OctopodProject old = (OctopodProject) Items.load(jenkins.jenkins, project.getRootDir());
        jenkins.assertEqualDataBoundBeans(new LifetimeSettings(), old.getLifetime());
    }

    @Test
    void whatIsWrittenByHandIsBounded(JenkinsRule jenkins) throws Exception {
        OctopodProject project = TestProject.withScripts(jenkins, directory).project;
        LifetimeSettings settings = new LifetimeSettings();
        settings.setExpiryDays(21);
        settings.setExpiryDate("2030-12-31");
        settings.setRetentionDays(3);
        project.setLifetime(settings);
        project.save();
        Path config = project.getConfigFile().getFile().toPath();
        String xml = Files.readString(config);
        Files.writeString(
                config,
                xml.replace(">21<", ">2147483647<").replace(">3<", ">-5<").replace("2030-12-31", "soon"));
        LifetimeSettings read = ((OctopodProject) Items.load(jenkins.jenkins, project.getRootDir())).getLifetime();
        assertEquals(LifetimeSettings.MAX_DAYS, read.getExpiryDays());
        assertEquals(0, read.getRetentionDays());
        assertNull(read.expiryMoment());
        read.setExpiryDays(Integer.MAX_VALUE);
        assertEquals(36_500, read.getExpiryDays());
        read.setCleanupsPerHour(-1);
        assertEquals(20, read.getCleanupsPerHour(), "0 would be no limit");
        read.setBranchGraceMinutes(-1);
        assertEquals(15, read.getBranchGraceMinutes());
    }

    @Test
    void badOnesInADefinitionAreRefused(JenkinsRule jenkins) throws Exception {
        OctopodProject project = TestProject.withScripts(jenkins, directory).project;
        for (String setting : List.of("expiryDays", "retentionDays", "branchGraceMinutes", "cleanupsPerHour")) {
            LifetimeSettings settings = new LifetimeSettings();
            settings.setExpiryDays(setting.equals("expiryDays") ? -1 : 1);
            settings.setRetentionDays(setting.equals("retentionDays") ? 36_501 : 1);
            settings.setBranchGraceMinutes(setting.equals("branchGraceMinutes") ? -1 : 1);
            settings.setCleanupsPerHour(setting.equals("cleanupsPerHour") ? -1 : 1);
            ProjectDefinition definition = ProjectDefinition.of(project);
            definition.setLifetime(settings);
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> definition.apply(jenkins.jenkins));
            assertTrue(refused.getMessage().contains(setting), refused.getMessage());
            assertEquals(14, project.getLifetime().getRetentionDays());
        }
    }

    @Test
    void badOnesAreRefused(JenkinsRule jenkins) throws Exception {
        OctopodProject project = TestProject.withScripts(jenkins, directory).project;
        JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        for (String bad : new String[] {"-1", "1.5", "36501"}) {
            HtmlForm form = browser.getPage(project, "configure").getFormByName("config");
            form.getInputByName("_.expiryDays").setValue(bad);
            HtmlPage answer = jenkins.submit(form);
            assertEquals(400, answer.getWebResponse().getStatusCode(), bad);
            assertTrue(answer.asNormalizedText().contains("expiryDays"), answer.asNormalizedText());
            assertEquals(0, project.getLifetime().getExpiryDays());
        }
        for (String bad : new String[] {"soon", "2030-02-30", "31.12.2030", "+999999-12-31"}) {
            HtmlForm form = browser.getPage(project, "configure").getFormByName("config");
            form.getInputByName("_.expiryDate").setValue(bad);
            HtmlPage answer = jenkins.submit(form);
            assertEquals(400, answer.getWebResponse().getStatusCode(), bad);
            String text = answer.asNormalizedText();
            assertTrue(
                    text.contains("expiryDate: This isn’t a day: enter one like 2026-12-31, or leave the field empty."),
                    text);
            assertNull(project.getLifetime().getExpiryDate());
        }
    }
}
