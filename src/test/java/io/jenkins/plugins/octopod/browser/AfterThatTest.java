package io.jenkins.plugins.octopod.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.darktheme.DarkThemeSystemManagerFactory;
import io.jenkins.plugins.octopod.fixtures.BusyStaging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.turn.IfBusy;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import io.jenkins.plugins.thememanager.ThemeManagerPageDecorator;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** How people let a request wait until its staging is free, on pages that were open when that became busy. */
@BrowserTest
class AfterThatTest {

    private static final Path PICTURES = Path.of("target/screenshots/after-that");

    @TempDir
    private Path directory;

    private BusyStaging busy;

    @BeforeEach
    void setUp(JenkinsRule jenkins) throws Exception {
        busy = BusyStaging.create(jenkins, directory);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        ThemeManagerPageDecorator.get().setTheme(new DarkThemeSystemManagerFactory());
    }

    @Test
    void dialogOffersIt(Browser browser) throws Exception {
        browser.login(Scene.USER);
        browser.open(busy.staging().getUrl() + "?update");
        StagingDialog dialog = new StagingDialog(browser);
        dialog.application().add("A").override("A", "1");
        busy.held();
        dialog.submit();
        assertTrue(dialog.refusal().contains("The staging “a1” is being updated"), dialog.refusal());
        browser.visible("[data-part=runAfterThat]");
        everybodyCanReadIt(browser, "dialog");
        dialog.runAfterThat();
        dialog.closed();

        browser.visible("[data-key=waiting]");
        String said = browser.visible("[data-key=waiting]").getText();
        assertTrue(said.contains("Waiting: Update, requested by " + Scene.USER), said);
        everybodyCanReadIt(browser, "page");
        browser.open("job/demo/");
        browser.until("the row", () -> browser.text("tbody").contains("Waiting: Update"));
        everybodyCanReadIt(browser, "table");
        busy.release();
        browser.open(busy.staging().getUrl());
        browser.until("the end", () -> !browser.has("[data-key=waiting]") && !browser.has("[data-key=activity]"));
        busy.awaitFree();
        assertEquals("1", busy.staging().getApplicationOverrides().asMap().get("A"));
        browser.assertNoProblems();
    }

    @Test
    void calledOffOnThePage(Browser browser) throws Exception {
        browser.login(Scene.USER);
        busy.held();
        // As a form that was open before.
        browser.open(busy.staging().getUrl());
        browser.run("const form = document.createElement('form'); form.method = 'post';"
                + " form.action = document.head.dataset.rooturl + '/"
                + busy.staging().getUrl()
                + "operations/archive'; const crumb = document.createElement('input');"
                + " crumb.name = document.head.dataset.crumbHeader ?? 'Jenkins-Crumb';"
                + " crumb.value = document.head.dataset.crumbValue ?? ''; form.append(crumb);"
                + " document.body.append(form); form.submit()");
        browser.expectError("409");
        browser.visible(".octopod-after-that");
        everybodyCanReadIt(browser, "refusal");
        browser.find(".octopod-after-that").click();
        browser.visible("[data-key=waiting]");
        browser.find("[data-key=waiting] .jenkins-button").click();
        browser.visible("dialog[open] .jenkins-button--primary").click();
        browser.until("the page without it", () -> !browser.has("[data-key=waiting]"));
        assertNull(WaitingRequestService.find(busy.staging()));
        busy.release();
        busy.awaitFree();
        assertFalse(busy.staging().getStatus().isArchived());
    }

    @Test
    void tableOffersItAndThePageSaysWhatWasRefused(Browser browser) throws Exception {
        browser.login(Scene.USER);
        StagingsPage.Confirmation confirmation = StagingsPage.ofProject(browser).choose("a1", "archive");
        busy.held();
        browser.find("dialog.octopod-confirm [data-part=ok]").click();
        browser.until("the offer", () -> browser.find("dialog.octopod-confirm [data-part=ok]")
                .getText()
                .equals("Run after that"));
        everybodyCanReadIt(browser, "confirmation");
        confirmation.confirm();
        assertEquals("ARCHIVE", WaitingRequestService.find(busy.staging()).kind());
        WaitingRequestService.cancel(busy.staging(), null);
        WaitingRequestService.submit(
                StagingRequest.of(busy.demo.project, BusyStaging.NAME, StagingRequest.Kind.RESTORE), IfBusy.WAIT);
        busy.release();
        browser.open(busy.staging().getUrl());
        browser.visible("[data-key=waiting-refused]");
        String said = browser.text("[data-key=waiting-refused]");
        assertTrue(said.startsWith("The request of Jenkins that waited was refused: "), said);
        everybodyCanReadIt(browser, "refused");
        browser.assertNoProblems();
    }

    /** In both themes, wide and narrow. */
    private void everybodyCanReadIt(Browser browser, String name) throws IOException {
        for (String scheme : new String[] {"dark", "light"}) {
            browser.prefer(scheme);
            for (int width : new int[] {360, 1280}) {
                browser.resize(width, 900);
                browser.screenshot(PICTURES, name + '-' + scheme + '-' + width);
                assertEquals(0, browser.horizontalOverflow(), name + " at " + width);
            }
            Axe.assertAccessible(browser, name + ", " + scheme);
        }
    }
}
