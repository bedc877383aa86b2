package io.jenkins.plugins.octopod.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.nio.file.Path;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;

/** What people see, with the demo scripts on a real agent, in a browser that runs the pages’ scripts. */
@WithSharedJenkins
class StagingPagesTest {

    @TempDir
    private Path demoHome;

    @Test
    void everyPageRenders(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        WebClient browser = jenkins.createWebClient();

        HtmlPage empty = browser.getPage(demo.project);
        assertInstanceOf(StagingsView.class, demo.project.getPrimaryView());
        assertNotNull(empty.getElementById("octopod-board"));
        assertTrue(empty.asNormalizedText().contains("New staging"));

        StagingRun created = demo.finished(demo.submit(Kind.CREATE, "orange-button", "GREETING=Hi there", "-COLOR"));
        Staging staging = created.getParent();
        demo.finished(demo.submitTag(Kind.MERGE, "orange-button", "v2"));
        demo.finished(demo.submit(Kind.CREATE, "old-feature"));
        demo.finished(demo.submit(Kind.ARCHIVE, "old-feature"));

        // What the table shows is tested in a browser; this one has no modules.
        assertNotNull(browser.goTo("stagings/").getElementById("octopod-board"));
        assertNotNull(browser.goTo("").getFirstByXPath("//*[@id='tasks']//a[contains(@href,'/stagings')]"));
        assertNotNull(browser.getPage(demo.project).getFirstByXPath("//header//a[contains(@href,'/stagings')]"));

        HtmlPage page = browser.getPage(staging);
        for (String text :
                new String[] {"Running", "GREETING", "Hi there", "COLOR", "Removed", "Create #1", "Update #2"}) {
            assertTrue(page.asNormalizedText().contains(text), text);
        }
        assertNotNull(page.getFirstByXPath(
                "//a[starts-with(@href,'http://127.0.0.1') and @rel='noopener noreferrer' and @target='_blank']"));
        assertEquals(
                0, page.getByXPath("//*[@id='main-panel']//table[not(caption)]").size(), "tables have captions");

        HtmlPage run = browser.getPage(created);
        for (String text : new String[] {"Create #1", "Success", "agent", "Hi there"}) {
            assertTrue(run.asNormalizedText().contains(text), text);
        }
        assertTrue(browser.getPage(created, "console").asNormalizedText().contains("--name orange-button"));
        browser.getPage(staging, "operations/update");
        browser.getPage(created, "consoleFull");
        browser.getPage(created, "confirmDelete");
        assertTrue(browser.getPage(demo.project, "newView").asNormalizedText().contains("status, links and overrides"));
        browser.getPage(demo.project, "view/Stagings/configure");
        browser.goTo(demo.project.getUrl() + "contextMenu", "application/json");
        browser.goTo(staging.getUrl() + "contextMenu", "application/json");
        browser.goTo(created.getUrl() + "contextMenu", "application/json");
    }

    @Test
    void aFailureSaysWhy(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        Staging staging = StagingService.submit(StagingRequest.builder(demo.project, "orange-button", Kind.CREATE)
                        .overrides(new StagingOverrides(Overrides.NONE, Overrides.parse("demo.fail=create")))
                        .build())
                .staging();
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : staging);

        HtmlPage page = jenkins.createWebClient().getPage(staging);
        assertTrue(page.asNormalizedText().contains("Failing"), page.asNormalizedText());
        assertTrue(page.asNormalizedText().contains("“create” ended with exit code"), page.asNormalizedText());
    }
}
