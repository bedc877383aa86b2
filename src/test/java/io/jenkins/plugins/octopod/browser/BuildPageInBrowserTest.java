package io.jenkins.plugins.octopod.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.darktheme.DarkThemeSystemManagerFactory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.thememanager.ThemeManagerPageDecorator;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Tests the stagings on the pages of a build and of its job. */
@BrowserTest
class BuildPageInBrowserTest {

    private static final String BLOCK = "#octopod-block";

    @TempDir
    private Path directory;

    private TestProject project;
    private WorkflowJob job;
    private WorkflowRun build;

    private void deploy(JenkinsRule jenkins) throws Exception {
        project = Scene.quick(jenkins, directory);
        job = jenkins.createProject(WorkflowJob.class, "shop");
        job.setDefinition(new CpsFlowDefinition(
                "octopodDeploy(project: 'demo', name: 'orange-button', appOverrides: [COLOR: 'a-color-with-a-long-name'])",
                true));
        build = jenkins.buildAndAssertSuccess(job);
    }

    @Test
    void itFollowsChanges(JenkinsRule jenkins, Browser browser) throws Exception {
        deploy(jenkins);
        browser.login(Scene.USER);
        browser.open(build.getUrl());
        String title = browser.title();
        browser.visible(BLOCK + " summary").click();
        assertTrue(browser.text(BLOCK).contains("Running"), browser.text(BLOCK));
        project.finished(project.submit(Kind.ARCHIVE, "orange-button"));
        browser.until("the status", () -> browser.text(BLOCK).contains("Archived"));
        browser.until("the announcement", () -> browser.text("[aria-live]").contains("orange-button: Archived"));
        assertEquals(true, browser.run("return document.querySelector('#octopod-block details').open"));
        assertEquals(title, browser.title());
        project.staging("orange-button").delete();
        browser.until("the sentence", () -> browser.text(BLOCK).contains("no longer exists"));
        browser.assertNoProblems();
    }

    @Test
    void theJobsPageHasNothingLeftWhenTheStagingIsGone(JenkinsRule jenkins, Browser browser) throws Exception {
        deploy(jenkins);
        browser.login(Scene.USER);
        browser.open(job.getUrl());
        browser.visible(BLOCK);
        browser.expectError("/octopod-stagings/ .*404");
        project.staging("orange-button").delete();
        browser.until("the end of the block", () -> !browser.has(BLOCK));
        assertEquals("", browser.text("#octopod-connection"));
    }

    @Test
    void everybodyCanReadIt(JenkinsRule jenkins, Browser browser) throws Exception {
        ThemeManagerPageDecorator.get().setTheme(new DarkThemeSystemManagerFactory());
        deploy(jenkins);
        browser.login(Scene.USER);
        for (String scheme : new String[] {"light", "dark"}) {
            browser.prefer(scheme);
            for (int width : new int[] {1280, 360}) {
                browser.resize(width, 900);
                for (String url : new String[] {build.getUrl(), job.getUrl()}) {
                    browser.open(url);
                    browser.visible(BLOCK);
                    browser.run("document.querySelectorAll('#octopod-block details').forEach((it) => (it.open = true));"
                            + "document.getElementById('octopod-block').scrollIntoView()");
                    String what = (url.equals(job.getUrl()) ? "job" : "build") + '-' + scheme + '-' + width;
                    browser.screenshot(Path.of("target/screenshots"), what);
                    assertEquals(0, browser.horizontalOverflow(), what);
                    // Core’s own links to builds have no names.
                    browser.run("document.querySelectorAll('.permalinks-list, .jenkins-build-caption > a')"
                            + ".forEach((it) => it.remove())");
                    Axe.assertAccessible(browser, what);
                }
            }
        }
    }
}
