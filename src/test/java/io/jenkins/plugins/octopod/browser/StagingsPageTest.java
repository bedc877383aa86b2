package io.jenkins.plugins.octopod.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.User;
import io.jenkins.plugins.octopod.dashboard.TablePreferences;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.Keys;

/** The table of stagings, used as people use it. */
@BrowserTest
class StagingsPageTest {

    @TempDir
    private Path directory;

    @Test
    void anEmptyProjectSaysWhatToDo(JenkinsRule jenkins, Browser browser) throws Exception {
        Scene.quick(jenkins, directory);
        browser.login(Scene.USER);
        StagingsPage page = StagingsPage.ofProject(browser);
        assertEquals(List.of(), page.names());
        assertTrue(browser.text().contains("No stagings yet"), browser.text());
        assertTrue(browser.text().contains("New staging"), browser.text());
        Axe.assertAccessible(browser, "empty project");
    }

    @Test
    void whatIsSearchedForIsMarkedAndIsInTheAddress(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        Scene.deployed(project, "orange-button", "TEAM=checkout");
        Scene.deployed(project, "search-suggest", "TEAM=search");
        Scene.archived(project, "old-search");
        browser.login(Scene.USER);
        StagingsPage page = StagingsPage.ofProject(browser);
        assertEquals(List.of("orange-button", "search-suggest"), page.names());
        assertEquals("1", page.archivedCount());

        page.search("checkout");
        assertEquals(List.of("orange-button"), page.names());
        assertEquals(List.of("checkout"), page.marks());
        page.search("SEARCH");
        assertEquals(List.of("search-suggest"), page.names());
        assertTrue(Set.copyOf(page.marks()).contains("search"), page.marks().toString());
        assertTrue(
                browser.driver().getCurrentUrl().endsWith("?q=SEARCH"),
                browser.driver().getCurrentUrl());

        page = page.openArchived().reload();
        assertEquals("SEARCH", page.searched());
        assertEquals(List.of("search-suggest"), page.names());
        assertEquals(List.of("old-search"), page.archivedNames());
        page.search("nothing-like-that");
        assertEquals(List.of(), page.names());
        assertTrue(browser.text().contains("matches"), browser.text());
        Axe.assertAccessible(browser, "nothing found");
    }

    @Test
    void whatIsSetToItsDefaultIsOnDemandUnlessItIsSearchedFor(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        Scene.deployed(project, "orange-button", "COLOR=orange");
        browser.login(Scene.USER);
        StagingsPage page = StagingsPage.ofProject(browser);
        browser.until(
                "the defaults", () -> page.cell("orange-button", "overrides").equals("1 same as default"));
        page.search("color=orange");
        assertEquals("COLOR=orange", page.cell("orange-button", "overrides"));
        assertEquals(
                List.of("COLOR", "orange"), page.search("color orange").marks().subList(1, 3));
    }

    @Test
    void aPipelinesDeploymentIsSeenWithoutLoadingThePageAgain(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        Staging model = Scene.deployed(project, "model");
        project = Scene.copies(
                project,
                model,
                IntStream.range(0, 40).mapToObj(i -> "other-" + i).toArray(String[]::new));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(
                "octopodDeploy project: 'demo', name: 'zz-feature', deploymentOverrides: ['image.tag': 'v7']", true));
        browser.login(Scene.USER);
        StagingsPage page = StagingsPage.ofProject(browser);
        page.search("e");
        browser.run("window.scrollTo(0, 700)");
        Object scrolled = browser.run("return window.scrollY");

        jenkins.buildAndAssertSuccess(job);
        page.awaitStatus("zz-feature", "Running");
        assertEquals("v7", page.cell("zz-feature", "tag"));
        assertTrue(page.isSamePage());
        assertEquals(scrolled, browser.run("return window.scrollY"));
        assertEquals("octopod-search", browser.focused().getDomAttribute("id"));
        assertEquals("e", page.searched());
    }

    /** The screen of a laptop has 1920 × 1080 pixels, of which a browser’s frame takes some. */
    @Test
    void thirtyFitOnTheScreenOfALaptop(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        Staging model = Scene.deployed(project, "feature-3-of-b-0", "COLOR=purple", "GREETING=Hi", "-TEAM");
        Scene.copies(
                project,
                model,
                IntStream.range(1, 30).mapToObj(i -> "feature-3-of-b-" + i).toArray(String[]::new));
        browser.login(Scene.USER);
        browser.resize(1920, 950);
        StagingsPage.ofProject(browser);
        browser.screenshot(Path.of("target", "screenshots"), "stagings-laptop");
        assertEquals(30L, browser.run("""
                return [...document.querySelectorAll("#octopod-current tbody > tr")]
                    .filter((row) => row.getBoundingClientRect().bottom <= window.innerHeight).length;
                """));
        assertEquals(0L, browser.horizontalOverflow());
    }

    @Test
    void aHiddenColumnStaysHidden(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        Scene.deployed(project, "orange-button");
        browser.login(Scene.USER);
        StagingsPage page = StagingsPage.ofProject(browser);
        assertTrue(page.isShown("links"));
        browser.find("#octopod-columns-button").sendKeys(Keys.ENTER);
        browser.until("the first column to have the focus", () -> "octopod-column-links"
                .equals(browser.focused().getDomAttribute("id")));
        Axe.assertAccessible(browser, "columns");
        browser.focused().sendKeys(Keys.SPACE);
        assertFalse(page.isShown("links"));
        assertTrue(page.isShown("tag"));
        browser.focused().sendKeys(Keys.ESCAPE);
        TestProject.await(
                "the choice to be saved", () -> User.getById(Scene.USER, true).getProperty(TablePreferences.class));
        page = page.reload();
        assertFalse(page.isShown("links"));
        assertFalse(StagingsPage.ofAll(browser).isShown("links"));
    }

    @Test
    void severalAreArchivedAtOnce(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        Staging first = Scene.deployed(project, "first");
        Staging second = Scene.deployed(project, "second");
        Staging third = Scene.deployed(project, "third");
        browser.login(Scene.USER);
        StagingsPage page = StagingsPage.ofProject(browser).select("first", "third");
        Axe.assertAccessible(browser, "selection");
        StagingsPage.Confirmation confirmation = page.withSelected("archive");
        assertTrue(confirmation.text().contains("2 stagings"), confirmation.text());
        Axe.assertAccessible(browser, "confirmation");
        confirmation.confirm();
        TestProject.await(
                "both to be archived",
                () -> first.getStatus() == Status.Archived && third.getStatus() == Status.Archived ? true : null);
        assertEquals(Status.Running, second.getStatus());
        browser.until("the table", () -> page.names().equals(List.of("second")));
        assertEquals("2", page.archivedCount());
        page.openArchived();
        assertEquals(List.of("first", "third"), page.archivedNames());
        Axe.assertAccessible(browser, "archived stagings");
        assertTrue(page.isSamePage());
    }

    @Test
    void aCleanupAsksForTheName(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        Scene.archived(project, "old-feature");
        browser.login(Scene.USER);
        StagingsPage page = StagingsPage.ofProject(browser).openArchived();
        StagingsPage.Confirmation confirmation = page.choose("old-feature", "cleanup");
        assertFalse(confirmation.isPossible());
        assertFalse(confirmation.type("old-featur").isPossible());
        assertTrue(confirmation.type("old-feature").isPossible());
        Axe.assertAccessible(browser, "typed confirmation");
        confirmation.confirm();
        browser.until("it to be gone", () -> !page.has("old-feature"));
        TestProject.await("it to be gone", () -> project.staging("old-feature") == null ? true : null);
        assertTrue(page.isSamePage());
    }

    @Test
    void aKeyboardIsEnough(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        Staging staging = Scene.deployed(project, "orange-button");
        Scene.deployed(project, "other");
        browser.login(Scene.USER);
        StagingsPage page = StagingsPage.ofProject(browser);

        browser.tabTo("#octopod-search");
        browser.press("orange");
        assertEquals(List.of("orange-button"), page.names());
        browser.tabTo(".octopod-menu-button");
        browser.press(Keys.ENTER);
        browser.visible(".octopod-menu");
        Axe.assertAccessible(browser, "menu");
        browser.press(Keys.ESCAPE);
        browser.until("the menu to be closed", () -> !browser.has(".octopod-menu"));
        assertTrue((Boolean) browser.run("return document.activeElement.matches('.octopod-menu-button')"));

        browser.press(Keys.ENTER);
        browser.visible(".octopod-menu");
        for (int i = 0; i < 10 && !"archive".equals(browser.focused().getDomAttribute("data-operation")); i++) {
            browser.press(Keys.ARROW_DOWN);
        }
        assertEquals("archive", browser.focused().getDomAttribute("data-operation"));
        browser.press(Keys.ENTER);
        browser.visible("dialog.octopod-confirm[open]");
        browser.press(Keys.ENTER);
        TestProject.await("it to be archived", () -> staging.getStatus() == Status.Archived ? true : null);
        browser.until("the table", () -> page.names().isEmpty());
    }

    @Test
    void thePageSaysWhenItIsNotLive(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        Scene.deployed(project, "orange-button");
        jenkins.jenkins.setAuthorizationStrategy(new hudson.security.FullControlOnceLoggedInAuthorizationStrategy());
        ((hudson.security.FullControlOnceLoggedInAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .setAllowAnonymousRead(false);
        browser.login(Scene.USER);
        StagingsPage page = StagingsPage.ofProject(browser);
        assertEquals("", page.connection());

        browser.expectError("net::ERR_INTERNET_DISCONNECTED");
        browser.network(false);
        browser.until("the notice", () -> page.connection().contains("Jenkins doesn’t answer"));
        assertEquals(List.of("orange-button"), page.names());
        browser.network(true);
        browser.until("the notice to go", () -> page.connection().isEmpty());

        browser.expectError("403");
        browser.driver().manage().deleteAllCookies();
        browser.until("the notice", () -> page.connection().contains("You are no longer logged in"));
        assertEquals(List.of("orange-button"), page.names());
        Axe.assertAccessible(browser, "logged out");
    }

    @Test
    void itFitsOnAPhoneAndOnAWideScreen(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory);
        Staging model = Scene.deployed(
                project, "orange-button", "A_RATHER_LONG_KEY_OF_AN_OVERRIDE=" + "with-a-long-value-".repeat(8));
        Scene.archived(project, "old-feature");
        Scene.copies(
                project,
                model,
                IntStream.range(0, 29).mapToObj(i -> "feature-" + i).toArray(String[]::new));
        browser.login(Scene.USER);
        for (int width : new int[] {360, 768, 1280, 2560}) {
            browser.resize(width, 900);
            StagingsPage page = StagingsPage.ofProject(browser, "?archived");
            assertEquals(30, page.names().size());
            browser.screenshot(Path.of("target", "screenshots"), "stagings-" + width);
            assertEquals(0, browser.horizontalOverflow(), "at a width of " + width);
        }
        Axe.assertAccessible(browser, "full list");
    }
}
