package io.jenkins.plugins.octopod.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.util.FormValidation;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.nio.file.Path;
import java.util.Map;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What people see and fill in, with the demo scripts on a real agent, in a browser that runs the pages’ scripts. */
@WithJenkins
class StagingPagesTest {

    @TempDir
    private Path demoHome;

    @Test
    void everyPageRenders(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        WebClient browser = jenkins.createWebClient();

        HtmlPage empty = browser.getPage(demo.project);
        assertInstanceOf(StagingsView.class, demo.project.getPrimaryView());
        assertTrue(empty.asNormalizedText().contains("No stagings yet"));
        assertTrue(empty.asNormalizedText().contains("New staging"));

        StagingRun created = demo.finished(demo.submit(Kind.CREATE, "orange-button", "GREETING=Hi there", "-COLOR"));
        Staging staging = created.getParent();
        demo.finished(demo.submitTag(Kind.MERGE, "orange-button", "v2"));
        demo.finished(demo.submit(Kind.CREATE, "old-feature"));
        demo.finished(demo.submit(Kind.ARCHIVE, "old-feature"));

        HtmlPage list = browser.getPage(demo.project);
        assertTrue(list.asNormalizedText().contains("Running"));
        assertNotNull(list.getFirstByXPath("//table//a[text()='orange-button']"));
        assertNotNull(list.getFirstByXPath("//details[@id='archived']//table//a[text()='old-feature']"));
        assertTrue(list.asNormalizedText().contains("image.tag=v2"));

        HtmlPage page = browser.getPage(staging);
        for (String text :
                new String[] {"Running", "GREETING", "Hi there", "COLOR", "removed", "Create #1", "Update #2"}) {
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
        HtmlForm form = newStaging(jenkins, demo);
        form.getInputByName("name").setValue("orange-button");
        form.getTextAreaByName("deployment").setText("demo.fail=create");
        jenkins.submit(form);
        Staging staging = demo.staging("orange-button");
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : staging);

        HtmlPage page = jenkins.createWebClient().getPage(staging);
        assertTrue(page.asNormalizedText().contains("Failing"), page.asNormalizedText());
        assertTrue(page.asNormalizedText().contains("“create” ended with exit code"), page.asNormalizedText());
    }

    @Test
    void theFormCreatesAStaging(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        HtmlForm form = newStaging(jenkins, demo);
        form.getInputByName("name").setValue("orange-button");
        form.getTextAreaByName("deployment").setText("image.tag=v1\n# a remark\n-replicas");
        form.getTextAreaByName("application").setText("GREETING=Hi = there");
        HtmlPage after = jenkins.submit(form);

        Staging staging = demo.staging("orange-button");
        assertTrue(after.getUrl().toString().endsWith("/job/demo/job/orange-button/"));
        assertEquals("v1", staging.getDeploymentOverrides().value("image.tag").orElse(null));
        assertTrue(staging.getDeploymentOverrides().isRemoved("replicas"));
        assertEquals(
                Map.of("GREETING", "Hi = there"),
                staging.getApplicationOverrides().asMap());
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : staging);
        assertEquals(Status.Running, staging.getStatus());
    }

    @Test
    void aRefusalStandsInTheFormWithAllThatWasTyped(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        demo.finished(demo.submit(Kind.CREATE, "taken"));

        HtmlPage badName = refused(jenkins, demo, "Not a name", "image.tag=v1", "TEAM=<b>", 400);
        assertTrue(error(badName, "name").contains("lower-case"), error(badName, "name"));
        assertTyped(badName, "Not a name", "image.tag=v1", "TEAM=<b>");

        HtmlPage taken = refused(jenkins, demo, "taken", "image.tag=v1", "TEAM=search", 409);
        assertTrue(error(taken, "name").contains("already"), error(taken, "name"));
        assertTyped(taken, "taken", "image.tag=v1", "TEAM=search");

        HtmlPage noValue = refused(jenkins, demo, "orange-button", "image.tag=v1\noops", "TEAM=search", 400);
        assertTrue(error(noValue, "deployment").contains("oops"), error(noValue, "deployment"));
        assertTyped(noValue, "orange-button", "image.tag=v1\noops", "TEAM=search");

        HtmlPage noKey = refused(jenkins, demo, "orange-button", "image.tag=v1", "=oops", 400);
        assertTrue(error(noKey, "application").contains("oops"), error(noKey, "application"));

        HtmlPage checked = refused(jenkins, demo, "orange-button", "image.tag=v1", "COLOR=pink", 400);
        assertTrue(checked.asNormalizedText().contains("There is no color \"pink\" here"));
        assertTyped(checked, "orange-button", "image.tag=v1", "COLOR=pink");

        assertNull(demo.staging("orange-button"));
    }

    @Test
    void theNameIsCheckedWhileTyping(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        demo.finished(demo.submit(Kind.CREATE, "taken"));
        StagingsView view = (StagingsView) demo.project.getPrimaryView();
        assertEquals(FormValidation.Kind.OK, view.doCheckName("").kind);
        assertEquals(FormValidation.Kind.OK, view.doCheckName("free").kind);
        assertEquals(FormValidation.Kind.ERROR, view.doCheckName("Bad Name").kind);
        assertEquals(FormValidation.Kind.ERROR, view.doCheckName("taken").kind);
        assertEquals(FormValidation.Kind.ERROR, view.doCheckOverrides("oops").kind);
        assertEquals(FormValidation.Kind.OK, view.doCheckOverrides("a=b\n-c").kind);
    }

    @Test
    void theUpdateFormShowsWhatThereIsAndReplacesIt(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        StagingRun created = demo.finished(demo.submit(Kind.CREATE, "orange-button", "TEAM=search", "-GREETING"));
        Staging staging = created.getParent();

        HtmlForm form = jenkins.createWebClient()
                .<HtmlPage>getPage(staging, "operations/update")
                .getFormByName("update");
        assertEquals(
                "TEAM=search\n-GREETING", form.getTextAreaByName("application").getText());
        form.getTextAreaByName("application").setText("TEAM=checkout");
        HtmlPage after = jenkins.submit(form);

        assertTrue(after.getUrl().toString().endsWith("/job/demo/job/orange-button/"));
        assertEquals(
                Map.of("TEAM", "checkout"), staging.getApplicationOverrides().asMap());
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : staging);

        WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        HtmlForm again = browser.<HtmlPage>getPage(staging, "operations/update").getFormByName("update");
        again.getTextAreaByName("deployment").setText("replicas=many");
        HtmlPage refused = jenkins.submit(again);
        assertEquals(400, refused.getWebResponse().getStatusCode());
        assertTrue(refused.asNormalizedText().contains("it must be a number from 1 to 9"));
        assertEquals(
                "replicas=many",
                refused.getFormByName("update").getTextAreaByName("deployment").getText());
        assertFalse(staging.isBusy());
    }

    private static HtmlForm newStaging(JenkinsRule jenkins, TestProject demo) throws Exception {
        WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        return browser.<HtmlPage>getPage(demo.project, "newStaging").getFormByName("newStaging");
    }

    private static HtmlPage refused(
            JenkinsRule jenkins, TestProject demo, String name, String deployment, String application, int status)
            throws Exception {
        HtmlForm form = newStaging(jenkins, demo);
        form.getInputByName("name").setValue(name);
        form.getTextAreaByName("deployment").setText(deployment);
        form.getTextAreaByName("application").setText(application);
        HtmlPage page = jenkins.submit(form);
        assertEquals(status, page.getWebResponse().getStatusCode());
        return page;
    }

    private static String error(HtmlPage page, String field) {
        return page.getElementById(field + "-error").getTextContent();
    }

    private static void assertTyped(HtmlPage page, String name, String deployment, String application) {
        HtmlForm form = page.getFormByName("newStaging");
        assertEquals(name, form.getInputByName("name").getValue());
        assertEquals(deployment, form.getTextAreaByName("deployment").getText());
        assertEquals(application, form.getTextAreaByName("application").getText());
    }
}
