package io.jenkins.plugins.octopod.browser;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.darktheme.DarkThemeSystemManagerFactory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.thememanager.ThemeManagerPageDecorator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Every page and dialog of ours, in both themes and at three widths: accessible, and never wider than the window.
 *
 * <p>With {@code -Doctopod.screenshots=docs/images} it takes the pictures for the documentation there.
 */
@BrowserTest
class EveryPageTest {

    private static final String PICTURES = System.getProperty("octopod.screenshots", "");
    private static final Set<String> PICTURED = Set.of("stagings", "dialog", "staging", "compare");
    private static final int[] WIDTHS = {360, 1280, 2560};

    @TempDir
    private Path directory;

    private Browser browser;
    private String theme;
    private final List<Executable> checks = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void isForEverybodyAndFits(String theTheme, JenkinsRule jenkins, Browser theBrowser) throws Exception {
        browser = theBrowser;
        theme = theTheme;
        TestProject project = Scene.lively(jenkins, directory);
        ThemeManagerPageDecorator.get().setTheme(new DarkThemeSystemManagerFactory());
        browser.prefer(theme);
        browser.login(Scene.USER);

        StagingsPage.ofAll(browser);
        look("all-stagings");
        StagingsPage.ofProject(browser, "?archived");
        browser.visible("#octopod-archived tbody tr");
        look("stagings");
        StagingsPage page = StagingsPage.ofProject(browser).select("dark-mode", "orange-button");
        look("selection");
        page.withSelected("archive");
        look("confirmation");
        StagingsPage.ofProject(browser).menu("orange-button");
        look("menu");
        StagingDialog dialog = StagingsPage.ofProject(browser).update("orange-button");
        dialog.application().override("COLOR", "green");
        look("dialog");
        open("job/demo/job/orange-button/");
        look("staging");
        open("job/demo/job/payment-api/");
        look("failing");
        open("job/demo/job/search-suggest/");
        look("in-progress");
        open("job/demo/job/search-suggest/open/");
        look("open-in-progress");
        open("job/demo/job/payment-api/open/");
        look("open-failing");
        open("job/demo/job/spring-sale/open/");
        look("open-archived");
        open("job/demo/job/orange-button/2/");
        look("run");
        open("job/demo/job/orange-button/1/redeploy/");
        look("redeploy");
        open("job/demo/job/orange-button/note/");
        look("note");
        open("job/demo/job/orange-button/compare/?with=dark-mode");
        look("compare");
        open("job/demo/job/orange-button/lifetime/");
        look("lifetime");
        open("manage/staging-checks/");
        look("checks");
        browser.open("job/demo/configure");
        browser.visible("input[name='_.projectName']");
        // Made by core’s form tags, which connect no label with its field, give help the greatest tabindex, and have
        // descriptions in a color of their own.
        look("configuration", "label", "select-name", "tabindex", "color-contrast");

        Scene.calm(project);
        assertAll(checks);
    }

    private void open(String url) {
        browser.open(url);
        browser.visible("#main-panel h1");
    }

    /** At what is open now. */
    private void look(String name, String... off) throws IOException {
        if (!PICTURES.isEmpty() && PICTURED.contains(name)) {
            browser.screenshot(Path.of(PICTURES), theme.equals("dark") ? name + "-dark" : name);
        }
        for (int width : WIDTHS) {
            browser.resize(width, 900);
            long overflow = browser.horizontalOverflow();
            checks.add(() -> assertEquals(0, overflow, name + " at a width of " + width));
        }
        browser.resize(1280, 900);
        String violations = String.join("\n", Axe.violations(browser, off));
        checks.add(() -> assertEquals("", violations, name + ", " + theme));
        List<String> problems = browser.problems();
        browser.forgetProblems();
        checks.add(() -> assertEquals(List.of(), problems, name));
    }
}
