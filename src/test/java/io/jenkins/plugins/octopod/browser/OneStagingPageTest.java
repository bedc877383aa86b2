package io.jenkins.plugins.octopod.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.darktheme.DarkThemeSystemManagerFactory;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.thememanager.ThemeManagerPageDecorator;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.Keys;

/** A staging’s own page, used as people use it. */
@BrowserTest
class OneStagingPageTest {

    @TempDir
    private Path directory;

    @Test
    void itFollowsChangesAndLeavesAloneWhatPeopleDo(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        Path go = directory.resolve("go");
        new ScriptDirectory(directory).with(ControlScript.UPDATE, "while ! test -f '" + go + "'; do sleep 0.1; done");
        Staging staging = Scene.deployed(project, "orange-button", "COLOR=red");
        browser.login(Scene.USER);
        browser.open(staging.getUrl());
        browser.visible(".octopod-runs__changes > summary").click();
        browser.visible("[data-key=application] .octopod-defaults > summary").click();
        browser.run(
                "document.querySelector('.octopod-defaults > summary').focus(); window.kept = document.activeElement");

        AcceptedRequest accepted = project.submitTag(Kind.MERGE, "orange-button", "v2");
        browser.until("the activity", () -> browser.has(".octopod-activity"));
        browser.until("the announcement", () -> browser.text("[aria-live]").contains("Being updated"));
        browser.until("the title", () -> browser.title().startsWith("Being updated: orange-button"));
        browser.until(
                "the list", () -> browser.all("#octopod-actions tbody > tr").size() == 2);
        Files.createFile(go);
        project.finished(accepted);
        browser.until("the title", () -> browser.title().startsWith("Running: orange-button"));
        browser.until("the end", () -> !browser.has(".octopod-activity"));
        assertTrue(browser.text().contains("Update #2"), browser.text());
        assertEquals(true, browser.run("return window.kept === document.activeElement"));
        assertEquals(
                true, browser.run("return document.querySelector('[data-key=application] .octopod-defaults').open"));
        assertEquals(true, browser.run("return document.querySelector('[data-key=run-1] details').open"));
        browser.assertNoProblems();
    }

    @Test
    void everybodyCanReadIt(JenkinsRule jenkins, Browser browser) throws Exception {
        ThemeManagerPageDecorator.get().setTheme(new DarkThemeSystemManagerFactory());
        TestProject project = Scene.quick(jenkins, directory);
        Staging staging = Scene.deployed(project, "orange-button", "COLOR=red", "-GREETING", "A.B=1");
        browser.login(Scene.USER);
        for (String scheme : new String[] {"light", "dark"}) {
            browser.prefer(scheme);
            for (int width : new int[] {1280, 360}) {
                browser.resize(width, 800);
                browser.open(staging.getUrl());
                browser.visible("[data-key=run-1]");
                browser.until("the defaults", () -> browser.has("[data-key=deployment] .octopod-defaults"));
                assertEquals(0, browser.horizontalOverflow(), "at " + width);
                Axe.assertAccessible(browser, "a staging, " + scheme + ' ' + width);
                browser.open(staging.getUrl() + "1/");
                Axe.assertAccessible(browser, "a run, " + scheme + ' ' + width);
            }
        }
    }

    @Test
    void aCleanupAsksForTheName(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        Staging staging = Scene.archived(project, "orange-button");
        browser.login(Scene.USER);
        browser.open(staging.getUrl());
        assertFalse(browser.find("#octopod-cleanup").isDisplayed());
        browser.visible("[data-octopod-cleanup]").click();
        browser.visible("#octopod-cleanup");
        browser.press("orange");
        assertFalse(browser.find("#octopod-cleanup button[type=submit]").isEnabled());
        browser.press("-button");
        // The page asks on until the next one is there.
        browser.expectError("/(live/|live/actions\\?rows=\\d+|badge\\.svg\\?v=\\S+) .*404");
        browser.press(Keys.ENTER);
        TestProject.await("the staging to be gone", () -> project.staging("orange-button") == null ? true : null);
    }

    @Test
    void itSaysWhenJenkinsDoesNotAnswer(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        Staging staging = Scene.deployed(project, "orange-button");
        browser.login(Scene.USER);
        browser.open(staging.getUrl());
        browser.expectError("ERR_INTERNET_DISCONNECTED");
        browser.network(false);
        browser.until("the notice", () -> browser.text("#octopod-connection").contains("doesn’t answer"));
        browser.network(true);
        browser.until("the end of the notice", () -> browser.text("#octopod-connection")
                .isEmpty());
    }
}
