package io.jenkins.plugins.octopod.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.darktheme.DarkThemeSystemManagerFactory;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.thememanager.ThemeManagerPageDecorator;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.Keys;

/** How people create and update stagings. */
@BrowserTest
class StagingDialogTest {

    private static final String PICTURES = System.getProperty("octopod.screenshots", "");

    @TempDir
    private Path directory;

    @Test
    void aStagingIsCreatedWithASuggestedKey(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        browser.login(Scene.USER);
        StagingsPage page = StagingsPage.ofProject(browser);
        StagingDialog dialog = page.create();
        dialog.name("Orange Button");
        assertTrue(dialog.nameError().contains("Orange Button"), dialog.nameError());
        dialog.name("orange-button");
        assertTrue(dialog.host().contains("orange-button"), dialog.host());
        assertEquals("orange", dialog.application().value("COLOR"));
        assertEquals("default", dialog.application().state("COLOR"));
        assertTrue(dialog.application().suggestions().contains("FEATURE_SEARCH"));
        Axe.assertAccessible(browser, "dialog");

        dialog.application().add("FEATURE_SEARCH").override("FEATURE_SEARCH", "on");
        dialog.application().override("COLOR", "teal").remove("GREETING");
        dialog.version("v7");
        assertTrue(dialog.summary().contains("FEATURE_SEARCH"), dialog.summary());
        assertTrue(dialog.summary().contains("teal"), dialog.summary());
        Axe.assertAccessible(browser, "dialog with changes");
        dialog.submitted();

        browser.until(
                "the staging's page", () -> browser.driver().getCurrentUrl().endsWith("/job/orange-button/"));
        page = StagingsPage.ofProject(browser);
        page.awaitStatus("orange-button", "Running");
        assertEquals("v7", page.cell("orange-button", "tag"));
        Staging staging = project.staging("orange-button");
        assertEquals(
                "COLOR=teal\n-GREETING\nFEATURE_SEARCH=on".lines().sorted().toList(),
                staging.getApplicationOverrides().toString().lines().sorted().toList());
        assertEquals("image.tag=v7", staging.getDeploymentOverrides().toString());
        assertEquals(Scene.USER, staging.getCreatedBy());
    }

    /** By the demo’s own {@code config_check}. */
    @Test
    void aRefusalIsSaidWhereItIsAboutAndNothingIsLost(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = TestProject.demo(jenkins, directory);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        browser.login(Scene.USER);
        StagingDialog dialog = StagingsPage.ofProject(browser).create().name("orange-button");
        dialog.application().override("COLOR", "pink");
        dialog.submit();
        assertTrue(dialog.refusal().contains("There is no color \"pink\" here"), dialog.refusal());
        assertEquals("orange-button", dialog.typedName());
        assertEquals("pink", dialog.application().value("COLOR"));
        assertEquals(null, project.staging("orange-button"));
        Axe.assertAccessible(browser, "refusal");
        browser.assertNoProblems();

        dialog.application().override("COLOR", "teal");
        dialog.submitted();
        TestProject.await(
                "it to run", () -> project.staging("orange-button").getStatus() == Status.Running ? true : null);
        project.submit(io.jenkins.plugins.octopod.staging.StagingRequest.Kind.ARCHIVE, "orange-button");
        TestProject.await(
                "its process to end",
                () -> project.staging("orange-button").getStatus() == Status.Archived ? true : null);
    }

    @Test
    void anUpdateShowsWhatRunsNowAndTakesLines(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        Staging staging = Scene.deployed(project, "orange-button", "COLOR=teal", "-GREETING");
        browser.login(Scene.USER);
        StagingsPage page = StagingsPage.ofProject(browser);
        StagingDialog dialog = page.update("orange-button");
        assertEquals("overridden", dialog.application().state("COLOR"));
        assertEquals("removed", dialog.application().state("GREETING"));
        dialog.application().reset("GREETING").paste("FEATURE_SEARCH=on\nCOLOR=blue");
        assertEquals("default", dialog.application().state("GREETING"));
        assertEquals("blue", dialog.application().value("COLOR"));
        dialog.submitted();
        page.awaitStatus("orange-button", "Running");
        TestProject.await("the update to be done", () -> staging.isBusy() ? null : staging);
        assertEquals(
                "COLOR=blue\nFEATURE_SEARCH=on".lines().sorted().toList(),
                staging.getApplicationOverrides().toString().lines().sorted().toList());
    }

    @Test
    void aFailingScriptIsShownAndTheKeyboardIsEnough(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        ScriptDirectory scripts = new ScriptDirectory(directory)
                .with(ControlScript.CHECK, "exit 0")
                .with(ControlScript.APPLICATION_CONFIG, "echo 'the registry is away' >&2; exit 3");
        browser.login(Scene.USER);
        StagingsPage page = StagingsPage.ofProject(browser);
        browser.tabTo("#octopod-new, [data-octopod-opens-dialog]");
        browser.press(Keys.ENTER);
        StagingDialog dialog = new StagingDialog(browser);
        assertEquals("octopod-dialog-name", browser.focused().getDomAttribute("id"));
        browser.press("by-keyboard");
        browser.until("the failure", () -> dialog.text().contains("the registry is away"));
        Axe.assertAccessible(browser, "failed defaults");
        scripts.with(ControlScript.APPLICATION_CONFIG, "echo COLOR,orange");
        browser.tabTo("[data-part=reloadFailed]");
        browser.press(Keys.ENTER);
        assertEquals("orange", dialog.application().value("COLOR"));
        browser.find("#octopod-dialog-name").sendKeys(Keys.ENTER);
        dialog.closed();
        TestProject.await("it to run", () -> isRunning(project, "by-keyboard"));
    }

    private static Boolean isRunning(TestProject project, String name) {
        return project.staging(name) != null && project.staging(name).getStatus() == Status.Running ? true : null;
    }

    /** The whole way of a product manager: name, Tab, a version from the list, Enter. */
    @Test
    void aVersionIsPickedWithTheKeyboard(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        Scene.deployedBy(jenkins, "shop", "blue-banner", "v7");
        Scene.deployedBy(jenkins, "shop", "blue-banner", "v8");
        browser.login(Scene.USER);
        StagingDialog dialog = StagingsPage.ofProject(browser).create();
        browser.press("picked");
        browser.press(Keys.TAB);
        assertEquals("octopod-dialog-version", browser.focused().getDomAttribute("id"));
        browser.until(
                "the default", () -> "Default: v1".equals(dialog.versionField().getDomAttribute("placeholder")));
        assertEquals("All have their defaults", dialog.otherSettings());
        browser.press(Keys.ARROW_DOWN);
        browser.until("both versions", () -> dialog.suggestions().size() == 2);
        assertTrue(
                dialog.suggestions().get(0).matches("(?s)v8.*shop #2 · blue-banner · .*"),
                dialog.suggestions().get(0));
        Axe.assertAccessible(browser, "dialog with suggestions");
        browser.press("7");
        browser.until("one version", () -> dialog.suggestions().size() == 1);
        browser.press(Keys.ARROW_DOWN);
        browser.press(Keys.ENTER);
        assertEquals("v7", dialog.versionField().getDomProperty("value"));
        assertEquals(List.of(), dialog.suggestions());
        browser.press(Keys.ENTER);
        dialog.closed();
        TestProject.await("it to run", () -> isRunning(project, "picked"));
        assertEquals(
                "image.tag=v7",
                project.staging("picked").getDeploymentOverrides().toString());
        browser.assertNoProblems();
    }

    @Test
    void escapeClosesTheSuggestionsFirst(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        Scene.deployed(project, "orange-button", "COLOR=teal");
        Scene.deployed(project, "blue-banner", "COLOR=blue");
        browser.login(Scene.USER);
        StagingDialog dialog = StagingsPage.ofProject(browser).update("orange-button");
        assertEquals("octopod-dialog-version", browser.focused().getDomAttribute("id"));
        browser.until("what differs", () -> "1 differs from its default".equals(dialog.otherSettings()));
        dialog.application().click("COLOR");
        browser.until("both colors", () -> dialog.suggestions().size() == 2);
        Axe.assertAccessible(browser, "dialog with suggestions for a key");
        browser.press(Keys.ARROW_DOWN);
        browser.press(Keys.ENTER);
        assertEquals("blue", dialog.application().value("COLOR"));
        browser.press(Keys.ARROW_DOWN);
        browser.until("both colors", () -> dialog.suggestions().size() == 2);
        browser.press(Keys.ESCAPE);
        browser.until("no suggestions", () -> dialog.suggestions().isEmpty());
        dialog.cancel();
        browser.visible("dialog.octopod-discard button[value=discard]").click();
        dialog.closed();
        browser.assertNoProblems();
    }

    /** Both kinds of suggestions, in each theme and on a phone. */
    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void suggestionsFitInEachTheme(String theme, JenkinsRule jenkins, Browser browser) throws Exception {
        Scene.quick(jenkins, directory);
        new ScriptDirectory(directory)
                .with(
                        ControlScript.TAGS,
                        "echo 'v9,the new checkout'; for i in 6 5 4 3 2 1; do echo \"v$i,release of week $i\"; done");
        Scene.deployedBy(jenkins, "shop-main", "blue-banner", "v7");
        Scene.deployedBy(jenkins, "shop-main", "blue-banner", "v8-a-longer-version-than-others-by-far.20261201");
        ThemeManagerPageDecorator.get().setTheme(new DarkThemeSystemManagerFactory());
        browser.prefer(theme);
        browser.login(Scene.USER);
        for (int width : new int[] {1280, 400}) {
            browser.resize(width, 900);
            StagingDialog dialog = StagingsPage.ofProject(browser).create().name("orange-button");
            dialog.host();
            picture(browser, "new-" + theme + "-" + width);
            dialog.versionField().click();
            browser.until("all versions", () -> dialog.suggestions().size() == 9);
            browser.press(Keys.ARROW_DOWN);
            picture(browser, "suggestions-" + theme + "-" + width);
            assertEquals(0, browser.horizontalOverflow());
            Axe.assertAccessible(browser, "suggestions, " + theme);
            browser.press(Keys.ENTER);
            dialog.unfold();
            picture(browser, "unfolded-" + theme + "-" + width);
            dialog.cancel();
            browser.visible("dialog.octopod-discard button[value=discard]").click();
            dialog.closed();
        }
        browser.assertNoProblems();
    }

    private static void picture(Browser browser, String name) throws Exception {
        if (!PICTURES.isEmpty()) {
            browser.until(
                    "all transitions to end",
                    () -> Boolean.TRUE.equals(browser.run("return document.getAnimations().length === 0")));
            browser.screenshot(Path.of(PICTURES), "dialog-" + name);
        }
    }

    /** Of a project whose scripts have no such key. */
    @Test
    void aProjectWithoutVersionsHasNoFieldForThem(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        project.project.setTagKey("nothing.like.this");
        browser.login(Scene.USER);
        StagingDialog dialog = StagingsPage.ofProject(browser).create();
        browser.until("no version", () -> !dialog.versionField().isDisplayed());
        browser.press("by-name");
        browser.press(Keys.ENTER);
        dialog.closed();
        TestProject.await("it to run", () -> isRunning(project, "by-name"));
        assertEquals("", project.staging("by-name").getDeploymentOverrides().toString());
    }

    @Test
    void itFitsOnAPhone(JenkinsRule jenkins, Browser browser) throws Exception {
        Scene.quick(jenkins, directory);
        browser.login(Scene.USER);
        browser.resize(360, 740);
        StagingDialog dialog = StagingsPage.ofProject(browser).create().name("orange-button");
        dialog.application().override("COLOR", "a-value-that-is-longer-than-a-phone-is-wide-by-far");
        assertEquals(0, browser.horizontalOverflow());
        assertEquals(
                0L,
                browser.run("const d = document.querySelector('dialog[open]'); return d.scrollWidth - d.clientWidth"));
        Axe.assertAccessible(browser, "dialog on a phone");
    }
}
