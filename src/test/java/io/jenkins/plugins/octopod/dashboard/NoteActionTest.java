package io.jenkins.plugins.octopod.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.TestUsers;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;

/** The page on which people write what a staging is for. */
@WithSharedJenkins
class NoteActionTest {

    private static final String EVIL = "</textarea><script>alert(1)</script>";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private Staging staging;

    @BeforeEach
    void create(JenkinsRule rule) throws Exception {
        jenkins = rule;
        TestProject demo = TestProject.withScripts(rule, new ScriptDirectory(directory.resolve("scripts")).path());
        demo.connectAgent("agent");
        staging = demo.finished(demo.submit(Kind.CREATE, "orange-button")).getParent();
        TestUsers.of(rule)
                .with("reader", Jenkins.READ, Item.READ)
                .with("deployer", Jenkins.READ, Item.READ, Item.BUILD);
    }

    @Test
    void isWrittenChangedAndRemoved() throws Exception {
        WebClient browser = browser("deployer");
        HtmlPage page = browser.getPage(staging);
        assertNotNull(page.getFirstByXPath("//*[@id='side-panel']//a[contains(@href,'/note')]"));
        assertNull(page.getFirstByXPath("//*[contains(@class,'octopod-note')]"));

        page = write(browser, "for Anna’s demo\r\non Thursday");
        assertTrue(
                page.getUrl().toString().endsWith(staging.getUrl()),
                page.getUrl().toString());
        assertEquals("for Anna’s demo\non Thursday", staging.note().text());
        String text = page.asNormalizedText();
        assertTrue(text.contains("for Anna’s demo on Thursday\nNote by deployer, "), text);
        assertTrue(text.contains("Change note"), text);
        assertTrue(
                browser("reader").<HtmlPage>getPage(staging).asNormalizedText().contains("on Thursday"));

        page = browser.getPage(staging, "note");
        assertTrue(page.asNormalizedText().contains("by deployer"), page.asNormalizedText());
        assertEquals(
                "for Anna’s demo\non Thursday",
                page.getFormByName("note").getTextAreaByName("text").getText().replace("\r", ""));
        write(browser, "");
        assertNull(staging.note());
    }

    @Test
    void whatIsRefusedIsSaidBesideTheFieldAndKept() throws Exception {
        WebClient browser = browser("deployer");
        write(browser, "before");
        for (String[] refused : new String[][] {
            {"x".repeat(201), "A note has at most 200 characters, and this one has 201: shorten it."},
            {"a\nb\nc", "A note has at most 2 lines, and this one has 3: write it on fewer lines."},
            {"a\u202Eb", "The note contains the character U+202E, which can’t be shown: remove it."},
            {EVIL + "\u001B", "The note contains the character U+001B, which can’t be shown: remove it."}
        }) {
            HtmlPage page = (HtmlPage) post(browser, refused[0]);
            assertEquals(400, page.getWebResponse().getStatusCode());
            assertEquals(refused[1], page.getElementById("text-error").getTextContent());
            assertEquals("true", page.getElementById("text").getAttribute("aria-invalid"));
            assertEquals(
                    refused[0],
                    page.getFormByName("note")
                            .getTextAreaByName("text")
                            .getText()
                            .replace("\r", ""));
            assertEquals(
                    0, page.getByXPath("//script[contains(text(),'alert(1)')]").size());
        }
        assertEquals("before", staging.note().text());
    }

    @Test
    void isTextOnEveryPage() throws Exception {
        WebClient browser = browser("deployer");
        write(browser, EVIL);
        for (String url : List.of("", "note", "live/")) {
            browser.getOptions().setJavaScriptEnabled(!url.equals("live/"));
            HtmlPage page = browser.goTo(staging.getUrl() + url);
            assertEquals(
                    0, page.getByXPath("//script[contains(text(),'alert(1)')]").size(), url);
            assertTrue(page.getBody().getTextContent().contains(EVIL), url);
        }
    }

    @Test
    void onlyForThoseWhoMayDeploy() throws Exception {
        WebClient reader = browser("reader");
        assertEquals(403, post(reader, "mine").getWebResponse().getStatusCode());
        assertEquals(
                403,
                reader.goTo(staging.getUrl() + "note", null).getWebResponse().getStatusCode());
        assertNull(reader.<HtmlPage>getPage(staging).getFirstByXPath("//a[contains(@href,'/note')]"));
        Page got = browser("deployer").goTo(staging.getUrl() + "note/write?text=x", null);
        assertEquals(405, got.getWebResponse().getStatusCode());
        assertNull(staging.note());
    }

    private WebClient browser(String user) throws Exception {
        return jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login(user);
    }

    private HtmlPage write(WebClient browser, String text) throws Exception {
        HtmlForm form = browser.getPage(staging, "note").getFormByName("note");
        form.getTextAreaByName("text").setText(text);
        return jenkins.submit(form);
    }

    private Page post(WebClient browser, String text) throws Exception {
        WebRequest request =
                new WebRequest(new URL(jenkins.getURL(), staging.getUrl() + "note/write"), HttpMethod.POST);
        request.setCharset(StandardCharsets.UTF_8);
        browser.addCrumb(request);
        List<NameValuePair> parameters = new ArrayList<>(request.getRequestParameters());
        parameters.add(new NameValuePair("text", text));
        request.setRequestParameters(parameters);
        return browser.getPage(request);
    }
}
