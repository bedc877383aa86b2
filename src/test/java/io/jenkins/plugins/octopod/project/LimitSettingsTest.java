package io.jenkins.plugins.octopod.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Items;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.LimitSettings.WhenFull;
import java.nio.file.Files;
import java.nio.file.Path;
import org.htmlunit.html.HtmlForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** How a project’s limits are kept. */
@WithSharedJenkins
class LimitSettingsTest {

    @TempDir
    private Path directory;

    @Test
    void theFormKeepsThem(JenkinsRule jenkins) throws Exception {
        OctopodProject project = TestProject.withScripts(jenkins, directory).project;
        LimitSettings settings = new LimitSettings();
        settings.setRunningStagings(20);
        settings.setRunningStagingsPerUser(3);
        settings.setWhenFull(WhenFull.ARCHIVE_UNUSED);
        settings.setRunsAtOnce(4);
        project.setLimits(settings);
        OctopodProject after = jenkins.configRoundtrip(project);
        jenkins.assertEqualDataBoundBeans(settings, after.getLimits());
        OctopodProject reloaded = (OctopodProject) Items.load(jenkins.jenkins, project.getRootDir());
        jenkins.assertEqualDataBoundBeans(settings, reloaded.getLimits());

        Path config = project.getConfigFile().getFile().toPath();
        Files.writeString(config, Files.readString(config).replaceAll("(?s)<limits>.*</limits>", ""));
        OctopodProject old = (OctopodProject) Items.load(jenkins.jenkins, project.getRootDir());
        assertEquals(0, old.getLimits().getRunningStagings());
        assertEquals(WhenFull.REFUSE, old.getLimits().getWhenFull());
    }

    @Test
    void badOnesAreRefused(JenkinsRule jenkins) throws Exception {
        OctopodProject project = TestProject.withScripts(jenkins, directory).project;
        JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        for (String field : new String[] {"runningStagings", "runningStagingsPerUser", "runsAtOnce"}) {
            HtmlForm form = browser.getPage(project, "configure").getFormByName("config");
            form.getInputByName("_." + field).setValue("-2");
            assertEquals(400, jenkins.submit(form).getWebResponse().getStatusCode(), field);
        }
        jenkins.assertEqualDataBoundBeans(new LimitSettings(), project.getLimits());
    }
}
