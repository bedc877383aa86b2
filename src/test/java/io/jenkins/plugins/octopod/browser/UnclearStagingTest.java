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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** A staging whose script may still be running, as its agent was removed. */
@BrowserTest
class UnclearStagingTest {

    /** With {@code -Doctopod.screenshots=target/pictures} it takes pictures there. */
    private static final String PICTURES = System.getProperty("octopod.screenshots", "");

    @TempDir
    private Path directory;

    @Test
    void aUserConfirmsThatTheScriptHasEnded(JenkinsRule jenkins, Browser browser) throws Exception {
        ThemeManagerPageDecorator.get().setTheme(new DarkThemeSystemManagerFactory());
        TestProject project = Scene.quick(jenkins, directory);
        Path go = directory.resolve("go");
        new ScriptDirectory(directory)
                .with(ControlScript.UPDATE, "echo begun; while ! test -f '" + go + "'; do sleep 0.1; done");
        Staging staging = Scene.deployed(project, "orange-button", "COLOR=red");
        AcceptedRequest update = project.submit(Kind.MERGE, "orange-button");
        project.printing(update, "begun");
        jenkins.jenkins.removeNode(jenkins.jenkins.getNode("agent"));
        project.finished(update);
        assertTrue(staging.isUnclear());

        browser.login(Scene.USER);
        for (String scheme : new String[] {"light", "dark"}) {
            browser.prefer(scheme);
            for (int width : new int[] {1280, 360}) {
                browser.resize(width, 800);
                browser.open(project.project.getUrl());
                browser.until(
                        "the table", () -> browser.text("#octopod-board").contains("A script may still be running"));
                picture(browser, "unclear-table-" + scheme + '-' + width);
                browser.open(staging.getUrl());
                browser.visible("[data-key=unclear]");
                assertEquals(0, browser.horizontalOverflow(), "at " + width);
                Axe.assertAccessible(browser, "an unclear staging, " + scheme + ' ' + width);
                picture(browser, "unclear-" + scheme + '-' + width);
            }
        }
        assertTrue(
                browser.text("[data-key=unclear]").contains("which was removed from Jenkins"),
                browser.text("[data-key=unclear]"));
        browser.visible("[data-key=unclear] a").click();
        browser.visible("dialog[open] [data-id=ok]").click();
        browser.until("the notice to go", () -> !browser.has("[data-key=unclear]"));
        assertFalse(staging.isUnclear());
        Files.createFile(go);
    }

    private static void picture(Browser browser, String name) throws IOException {
        if (!PICTURES.isEmpty()) {
            browser.screenshot(Path.of(PICTURES), name);
        }
    }
}
