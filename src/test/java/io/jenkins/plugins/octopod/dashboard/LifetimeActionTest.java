package io.jenkins.plugins.octopod.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.TimeZoneProperty;
import hudson.model.User;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.lifetime.Expiry;
import java.net.URL;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What people say about how long a staging is kept, and who may. */
@WithSharedJenkins
class LifetimeActionTest {

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private TestProject demo;
    private Staging staging;

    @BeforeEach
    void create(JenkinsRule rule) throws Exception {
        jenkins = rule;
        demo = TestProject.withScripts(rule, new ScriptDirectory(directory.resolve("scripts")).path());
        demo.connectAgent("agent");
        staging = demo.finished(demo.submit(Kind.CREATE, "orange-button")).getParent();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "deployer")
                .grant(Item.BUILD)
                .everywhere()
                .to("deployer"));
    }

    @Test
    void byThePage() throws Exception {
        User deployer = User.getById("deployer", true);
        deployer.addProperty(new TimeZoneProperty("Asia/Tokyo"));
        demo.project.getLifetime().setExpiryDays(14);
        WebClient browser = browser().login("deployer");
        HtmlPage stagingPage = browser.getPage(staging);
        assertNotNull(stagingPage.getFirstByXPath("//*[@id='side-panel']//a[contains(@href,'/lifetime')]"));
        HtmlPage page = browser.getPage(staging, "lifetime");
        assertTrue(page.asNormalizedText().contains("project default (14)"), page.asNormalizedText());

        demo.project.getLifetime().setExpiryDate("2198-01-02");
        String text = browser.getPage(staging, "lifetime").asNormalizedText();
        assertTrue(text.contains("project default (14, or at January"), text);
        demo.project.getLifetime().setExpiryDate(null);

        HtmlForm form = page.getFormByName("expire");
        form.getInputByName("date").setValue("2199-12-24T18:00");
        page = jenkins.submit(form);
        assertTrue(
                page.getUrl().toString().endsWith(staging.getUrl()),
                page.getUrl().toString());
        assertEquals(Instant.parse("2199-12-24T09:00:00Z"), staging.expiresAt());

        page = browser.getPage(staging, "lifetime");
        assertTrue(page.asNormalizedText().contains("December 24, 2199"), page.asNormalizedText());
        form = page.getFormByName("expire");
        assertEquals("2199-12-24T18:00", form.getInputByName("date").getValue());
        form.getInputByName("date").setValue("");
        form.getInputByName("days").setValue("3");
        jenkins.submit(form);
        assertEquals(Expiry.afterDays(3), staging.lifetime().expiry());

        jenkins.submit(browser.getPage(staging, "lifetime").getFormByName("pin"));
        assertEquals("deployer", staging.lifetime().pin().by());
        page = browser.getPage(staging, "lifetime");
        assertTrue(page.asNormalizedText().contains("Pinned by deployer"), page.asNormalizedText());
        jenkins.submit(page.getFormByName("unpin"));
        assertFalse(staging.isPinned());
    }

    @Test
    void badInputIsToldWhereItIsAndKept() throws Exception {
        WebClient browser = browser().login("deployer");
        HtmlPage page = (HtmlPage) post(browser, "expire?days=soon&date=");
        assertEquals(400, page.getWebResponse().getStatusCode());
        assertEquals("soon", page.getElementById("days").getAttribute("value"));
        assertEquals(
                "“soon” isn’t a number of days: enter one, such as 14, or 0 for never.",
                page.getElementById("days-error").getTextContent());
        page = (HtmlPage) post(browser, "expire?days=&date=tomorrow");
        assertTrue(page.getElementById("date-error").getTextContent().contains("isn’t a date"));
        page = (HtmlPage) post(browser, "expire?days=&date=2001-01-01");
        assertTrue(page.getElementById("date-error").getTextContent().contains("This date is in the past"));
        page = (HtmlPage) post(browser, "expire?days=3&date=2199-01-01");
        assertTrue(page.getElementById("date-error").getTextContent().contains("not both"));
        assertTrue(staging.lifetime().expiry().isAsProject());
    }

    @Test
    void onlyForThoseWhoMayDeploy() throws Exception {
        for (String operation : List.of("pin", "unpin", "expire?days=3")) {
            WebClient reader = browser().login("reader");
            assertEquals(403, post(reader, operation).getWebResponse().getStatusCode(), operation);
            Page got = browser().login("deployer").goTo(staging.getUrl() + "lifetime/" + operation, null);
            assertEquals(405, got.getWebResponse().getStatusCode(), operation);
        }
        WebClient reader = browser().login("reader");
        assertEquals(
                403,
                reader.goTo(staging.getUrl() + "lifetime", null)
                        .getWebResponse()
                        .getStatusCode());
        HtmlPage page = reader.getPage(staging);
        assertNull(page.getFirstByXPath("//a[contains(@href,'/lifetime')]"));
        assertFalse(staging.isPinned());
        assertTrue(staging.lifetime().expiry().isAsProject());

        assertEquals(
                200, post(browser().login("deployer"), "pin").getWebResponse().getStatusCode());
        assertTrue(staging.isPinned());
    }

    private WebClient browser() {
        return jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
    }

    private Page post(WebClient browser, String operation) throws Exception {
        URL url = new URL(jenkins.getURL(), staging.getUrl() + "lifetime/" + operation);
        return browser.getPage(browser.addCrumb(new WebRequest(url, HttpMethod.POST)));
    }
}
