package io.jenkins.plugins.octopod.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.darktheme.DarkThemeSystemManagerFactory;
import io.jenkins.plugins.octopod.credentials.ScriptCredentialsProperty;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.thememanager.ThemeManagerPageDecorator;
import java.nio.file.Path;
import org.jenkinsci.plugins.credentialsbinding.impl.FileBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.StringBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.UsernamePasswordMultiBinding;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** What a project's scripts are given, in its configuration; with {@code -Doctopod.screenshots} it takes a picture. */
@BrowserTest
class CredentialsFormTest {

    private static final String PICTURES = System.getProperty("octopod.screenshots", "");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void bindingsAreShownAndSaved(String theme, JenkinsRule jenkins, Browser browser) throws Exception {
        TestProject demo = Scene.quick(jenkins, directory);
        ThemeManagerPageDecorator.get().setTheme(new DarkThemeSystemManagerFactory());
        TestCredentials.in(demo.project)
                .text("registry-token", "hush-4711")
                .login("database", "robot", "password")
                .file("staging-cluster", "config", "content");
        TestCredentials.bind(
                demo.project,
                new StringBinding("REGISTRY_TOKEN", "registry-token"),
                new UsernamePasswordMultiBinding("DB_USER", "DB_PASSWORD", "database"),
                new FileBinding("KUBECONFIG", "staging-cluster"));
        browser.prefer(theme);
        browser.login(Scene.USER);
        browser.resize(1280, 1400);
        browser.open("job/demo/configure");
        browser.until("the credentials to be listed", () -> browser.text("select[name='_.credentialsId'] option")
                .contains("robot"));
        browser.run("document.querySelector(\"[descriptorid$='StringBinding']\").scrollIntoView({block: 'center'})");
        if (!PICTURES.isEmpty()) {
            browser.screenshot(Path.of(PICTURES), theme.equals("dark") ? "credentials-dark" : "credentials");
        }
        assertTrue(browser.text().contains("Credentials for control scripts"), browser.text());
        assertEquals(0, browser.horizontalOverflow());
        browser.find("button[name=Submit]").click();
        browser.until(
                "the project’s page", () -> !browser.driver().getCurrentUrl().contains("configure"));
        assertEquals(
                3,
                demo.project
                        .getProperties()
                        .get(ScriptCredentialsProperty.class)
                        .getBindings()
                        .size());
        browser.assertNoProblems();
    }
}
