package io.jenkins.plugins.octopod.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.JsonClient;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.NoteService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;

/** Whatever people type and scripts print, pages show it and do nothing else with it. */
@WithSharedJenkins
class HostileContentTest {

    private static final String EVIL = "<script>alert('gotcha')</script><img src=x onerror=alert('gotcha')>";

    @TempDir
    private Path directory;

    @Test
    void isShownAsText(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory)
                .with(ControlScript.INFO, """
                        cat <<'END'
                        "%s",https://example.com/?a=1&b=<script>
                        js,javascript:alert('gotcha')
                        data,"data:text/html,<script>alert('gotcha')</script>"
                        spaced," javascript:alert('gotcha')"
                        END
                        """.formatted(EVIL))
                .with(ControlScript.CONFIG_CHECK, "case \"$*\" in *refuse*) echo \"" + EVIL + "\"; exit 1;; esac");
        TestProject project = TestProject.withScripts(jenkins, scripts.path());
        project.connectAgent("agent");
        project.project.setDescription(EVIL);
        Staging staging = project.finished(
                        project.submit(Kind.CREATE, "orange-button", "TEAM=" + EVIL, EVIL + "=x", "-" + "B<b>"))
                .getParent();
        assertEquals(4, staging.getLinks().size());
        NoteService.write(staging, EVIL + "\n</textarea>" + EVIL);

        List<String> alerts = new ArrayList<>();
        WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        browser.setAlertHandler((page, message) -> alerts.add(message));
        for (String url : List.of(
                project.project.getUrl(),
                staging.getUrl(),
                staging.getUrl() + "1/",
                staging.getUrl() + "1/console",
                staging.getUrl() + "note",
                staging.getUrl() + "operations/update")) {
            HtmlPage page = browser.goTo(url);
            assertHarmless(page, url);
        }
        // Parts of pages, whose scripts come with the page.
        browser.getOptions().setJavaScriptEnabled(false);
        for (String url : List.of("live/", "live/actions", "1/live/")) {
            HtmlPage part = browser.goTo(staging.getUrl() + url);
            assertHarmless(part, url);
            assertTrue(part.getBody().getTextContent().contains(EVIL), url);
        }
        browser.getOptions().setJavaScriptEnabled(true);
        assertTrue(browser.<HtmlPage>getPage(staging).asNormalizedText().contains(EVIL), "it is shown");

        JsonClient client = JsonClient.anonymous(jenkins);
        Map<String, String> evil = Map.of("key", "</textarea><b>", "value", "</textarea>" + EVIL);
        JsonClient.JsonResponse answer = client.post(
                project.project.getUrl() + "staging-form/submit",
                Map.of("wish", "CREATE", "names", List.of("refuse"), "application", List.of(evil)));
        JsonClient.JsonResponse refused = TestProject.await("a refusal", () -> {
            JsonClient.JsonResponse steps =
                    client.get(answer.json().get("ticket").asText());
            return steps.json().get("done").asBoolean() ? steps : null;
        });
        assertEquals("application/json", refused.type(), "no browser takes it for a page");
        assertTrue(refused.text().contains("refusal"), refused.text());
        assertEquals(List.of(), alerts);
    }

    private static void assertHarmless(HtmlPage page, String where) {
        assertEquals(
                200,
                page.getWebResponse().getStatusCode() == 400
                        ? 200
                        : page.getWebResponse().getStatusCode(),
                where);
        assertEquals(0, page.getByXPath("//img[@onerror]").size(), where);
        assertEquals(0, page.getByXPath("//script[contains(text(),'gotcha')]").size(), where);
        assertEquals(0, page.getByXPath("//a[contains(@href,'script:')]").size(), where);
        assertEquals(0, page.getByXPath("//a[contains(@href,'data:')]").size(), where);
    }
}
