package io.jenkins.plugins.octopod.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.darktheme.DarkThemeSystemManagerFactory;
import io.jenkins.plugins.octopod.fixtures.ClusterProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.kubernetes.ClusterProperty;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.thememanager.ThemeManagerPageDecorator;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Where people meet the setting for Jenkins’ own service account: the project’s form, a staging’s page, and the page Security. */
@BrowserTest
class ControllerAccountInBrowserTest {

    private static final String PICTURES = System.getProperty("octopod.screenshots", "");
    private static final String REFUSAL = "Projects aren’t allowed to use the service account of Jenkins";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void whatIsNotAllowedIsSaidWhereItIsTyped(String theme, JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject demo = Scene.quick(jenkins, directory);
        Staging staging = Scene.deployed(demo, "orange-button", "COLOR=teal");
        ClusterProperty property = new ClusterProperty();
        property.setSelector("app=shop");
        ClusterProject.set(demo.project, property);
        ThemeManagerPageDecorator.get().setTheme(new DarkThemeSystemManagerFactory());
        browser.prefer(theme);
        browser.login(Scene.USER);
        browser.resize(1280, 1400);

        browser.open(demo.project.getUrl() + "configure");
        browser.until(
                "the refusals",
                () -> browser.text().contains(REFUSAL)
                        && browser.text().contains("would select the same objects for each staging"));
        browser.run("document.querySelector(\"select[name='_.credentialsId']\").scrollIntoView({block: 'center'})");
        picture(browser, "cluster-form-" + theme);
        assertEquals(0, browser.horizontalOverflow());

        browser.open(staging.getUrl());
        browser.until("the reason", () -> browser.text("#octopod-staging").contains(REFUSAL));
        browser.run("document.querySelector('#octopod-cluster-heading').scrollIntoView({block: 'center'})");
        picture(browser, "cluster-staging-" + theme);
        assertEquals(0, browser.horizontalOverflow());

        browser.open("manage/configureSecurity/");
        browser.until("the section", () -> browser.text().contains("Octopod"));
        assertTrue(browser.text().contains("Projects may act as the service account of Jenkins' pod"), browser.text());
        browser.run(
                "document.querySelector(\"input[name='_.controllerAccountAllowed']\").scrollIntoView({block: 'center'})");
        picture(browser, "security-" + theme);
        browser.assertNoProblems();
    }

    private static void picture(Browser browser, String name) throws Exception {
        if (!PICTURES.isEmpty()) {
            browser.screenshot(Path.of(PICTURES), name);
        }
    }
}
