package io.jenkins.plugins.octopod.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.NoteService;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Whatever people type and scripts print is text on every page. Were it anything else, an element would be there, or the
 * policy would have forbidden something, which is a problem that fails the test.
 */
@BrowserTest
class HostileContentInBrowserTest {

    private static final String EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>";

    @TempDir
    private Path directory;

    @Test
    void isShownAsText(JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject project = Scene.quick(jenkins, directory.resolve("scripts"));
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"))
                .with(ControlScript.CHECK, "exit 0")
                .with(ControlScript.ARCHIVE_CHECK, "exit 0")
                .with(ControlScript.APPLICATION_CONFIG_KEYS, print(EVIL + "suggested"))
                .with(
                        ControlScript.APPLICATION_CONFIG,
                        print("\"" + EVIL.replace("\"", "\"\"") + "key\",\"" + EVIL.replace("\"", "\"\"") + "\""))
                .with(ControlScript.INFO, print("""
                        "%s",https://example.com/?a=1&b=<script>
                        js,javascript:alert(1)
                        data,"data:text/html,<script>alert(1)</script>"
                        """.formatted(EVIL.replace("\"", "\"\""))))
                .with(ControlScript.CONFIG_CHECK, "case \"$*\" in *refuse*) " + print(EVIL) + "; exit 1;; esac");
        project.project.setDescription(EVIL);
        Staging staging = Scene.deployed(project, "orange-button", "TEAM=" + EVIL, EVIL + "k=x");
        scripts.with(ControlScript.UPDATE, print(EVIL) + " >&2; exit 1")
                .with(ControlScript.CHECK, print(EVIL) + "; exit 1");
        project.finished(project.submit(Kind.MERGE, "orange-button", "OTHER=" + EVIL));
        assertTrue(
                staging.observedState().reason().contains(EVIL),
                staging.observedState().reason());
        NoteService.write(staging, EVIL + "\n</textarea>" + EVIL);
        project = Scene.copies(project, staging, "<img src=x onerror=alert(1)>");

        browser.login(Scene.USER);
        StagingsPage page = StagingsPage.ofAll(browser);
        assertHarmless(browser, "all stagings");
        page = StagingsPage.ofProject(browser);
        assertTrue(browser.text().contains("<script>alert(1)</script>"), "it is shown");
        assertHarmless(browser, "project");
        page.search("<script>");
        assertTrue(page.marks().contains("<script>"), page.marks().toString());
        assertHarmless(browser, "search");
        page.menu("orange-button");
        assertHarmless(browser, "menu");

        StagingDialog dialog = StagingsPage.ofProject(browser).update("orange-button");
        assertTrue(dialog.application().suggestions().contains(EVIL + "suggested"));
        assertHarmless(browser, "dialog");
        dialog.application().add("refuse").override("refuse", EVIL);
        dialog.submit();
        assertTrue(dialog.refusal().contains(EVIL), dialog.refusal());
        assertHarmless(browser, "refusal");

        for (String url : new String[] {"", "1/", "2/", "2/console", "lifetime/", "note/"}) {
            browser.open(staging.getUrl() + url);
            browser.visible("#main-panel");
            assertHarmless(browser, url);
        }
        browser.open(project.project.getUrl() + "configure");
        assertHarmless(browser, "configuration");
    }

    /** A line of a script that prints that. */
    private static String print(String text) {
        return "printf '%s\\n' '" + text.replace("'", "'\\''") + "'";
    }

    private static void assertHarmless(Browser browser, String where) {
        // By its own words, not by what could be written into it.
        assertEquals(0L, browser.run("return document.querySelectorAll('img[src=x], [onerror]').length"), where);
        assertEquals(
                0L,
                browser.run("return [...document.scripts].filter(it => it.text.includes('alert(1)')).length"),
                where);
        assertEquals(
                0L,
                browser.run(
                        "return [...document.links].filter(it => /^(javascript|data):.*alert/.test(it.href)).length"),
                where);
        browser.assertNoProblems();
    }
}
