package io.jenkins.plugins.octopod.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.octopod.dashboard.model.StagingOperation;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What the buttons do, for whom, and what they say when they don’t. */
@WithSharedJenkins
class StagingOperationsTest {

    private static final List<String> ALL = List.of("redeploy", "archive", "restore", "cleanup", "forget", "abort");

    @TempDir
    private Path directory;

    private TestProject project(JenkinsRule jenkins) throws Exception {
        TestProject made = TestProject.withScripts(jenkins, scripts().path());
        made.connectAgent("agent");
        return made;
    }

    private ScriptDirectory scripts() throws Exception {
        return new ScriptDirectory(directory.resolve("scripts"));
    }

    @Test
    void theWholeLifeByButtons(JenkinsRule jenkins) throws Exception {
        TestProject project = project(jenkins);
        Staging staging = project.finished(project.submit(Kind.CREATE, "orange-button", "TEAM=search"))
                .getParent();
        WebClient browser = browser(jenkins);
        assertOffered(browser, staging, "update", "redeploy", "archive", "forget");

        HtmlPage after = (HtmlPage) post(browser, staging, "redeploy");
        assertTrue(after.getUrl().toString().endsWith("/job/orange-button/"));
        awaitFree(staging);
        assertEquals("TEAM=search", staging.getApplicationOverrides().toString());
        assertEquals(2, staging.getLastBuild().getNumber());

        post(browser, staging, "archive");
        awaitFree(staging);
        assertEquals(Status.Archived, staging.getStatus());
        // The name is asked for first.
        assertOffered(browser, staging, "restore", "confirm", "forget");

        post(browser, staging, "restore");
        awaitFree(staging);
        assertEquals(Status.Running, staging.getStatus());

        post(browser, staging, "archive");
        awaitFree(staging);
        HtmlPage project1 = (HtmlPage) post(browser, staging, "cleanup");
        assertTrue(project1.getUrl().toString().endsWith("/job/demo/"));
        TestProject.await("the staging to be gone", () -> project.staging("orange-button") == null ? true : null);
    }

    @Test
    void forgettingRunsNothing(JenkinsRule jenkins) throws Exception {
        TestProject project = project(jenkins);
        Staging staging =
                project.finished(project.submit(Kind.CREATE, "orange-button")).getParent();
        HtmlPage after = (HtmlPage) post(browser(jenkins), staging, "forget");
        assertTrue(after.getUrl().toString().endsWith("/job/demo/"));
        assertNull(project.staging("orange-button"));
        assertTrue(scripts().file("state").toFile().exists(), "what is deployed stays");
    }

    @Test
    void aBusyStagingOffersNothingButToAbort(JenkinsRule jenkins) throws Exception {
        TestProject project = project(jenkins);
        scripts().with(ControlScript.CREATE, "echo begun; sleep 300");
        AcceptedRequest accepted = project.submit(Kind.CREATE, "orange-button");
        StagingRun run = project.printing(accepted, "begun");
        Staging staging = accepted.staging();
        WebClient browser = browser(jenkins);

        assertOffered(browser, staging, "abort");
        HtmlPage page = browser.getPage(staging);
        assertNotNull(page.getFirstByXPath("//a[contains(@href,'/1/console')]"));
        HtmlPage refused = (HtmlPage) post(browser, staging, "archive");
        assertEquals(409, refused.getWebResponse().getStatusCode());
        assertTrue(refused.asNormalizedText().contains("wait for run #1 to end"), refused.asNormalizedText());
        assertEquals(409, post(browser, staging, "forget").getWebResponse().getStatusCode());

        post(browser, staging, "abort");
        assertEquals(Result.ABORTED, project.finished(accepted).getResult());
        assertEquals(1, run.getNumber());
        awaitFree(staging);
    }

    @Test
    void afterAFailedArchivingNoReasonSpeaksOfAnActionInProgress(JenkinsRule jenkins) throws Exception {
        TestProject project = project(jenkins);
        project.project.setStatusTimeout(1);
        Staging staging =
                project.finished(project.submit(Kind.CREATE, "orange-button")).getParent();
        scripts().with(ControlScript.ARCHIVE, "exit 0");
        project.finished(project.submit(Kind.ARCHIVE, "orange-button"));
        awaitFree(staging);
        assertEquals(Status.ArchivePending, staging.getStatus());

        Map<StagingOperation, String> reasons = StagingOperation.unavailableFor(staging);
        assertEquals(
                List.of(
                        StagingOperation.UPDATE,
                        StagingOperation.REDEPLOY,
                        StagingOperation.RESTORE,
                        StagingOperation.CLEANUP),
                List.copyOf(reasons.keySet()));
        reasons.forEach((operation, reason) -> assertEquals(operation.getStatusReason(), reason));
    }

    @Test
    void whatWaitsInTheQueueCanBeCancelled(JenkinsRule jenkins) throws Exception {
        TestProject project = TestProject.withScripts(jenkins, scripts().path());
        hudson.slaves.DumbSlave agent = project.connectAgent("agent");
        agent.toComputer().setTemporarilyOffline(true, null);
        Staging staging = project.submit(Kind.CREATE, "orange-button").staging();
        WebClient browser = browser(jenkins);
        HtmlPage page = browser.getPage(staging);
        assertTrue(page.asNormalizedText().contains("waits in the queue"));
        post(browser, staging, "abort");
        awaitFree(staging);
        assertNull(staging.getLastBuild());
    }

    @Test
    void gettingDoesNothing(JenkinsRule jenkins) throws Exception {
        TestProject project = project(jenkins);
        Staging staging =
                project.finished(project.submit(Kind.CREATE, "orange-button")).getParent();
        WebClient browser = browser(jenkins);
        for (String operation : ALL) {
            Page page = browser.goTo(staging.getUrl() + "operations/" + operation, null);
            assertEquals(405, page.getWebResponse().getStatusCode(), operation);
        }
        assertEquals(1, staging.getLastBuild().getNumber());
    }

    @Test
    void onlyWhatIsPermittedIsOfferedAndDone(JenkinsRule jenkins) throws Exception {
        TestProject project = project(jenkins);
        Staging staging =
                project.finished(project.submit(Kind.CREATE, "orange-button")).getParent();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "deployer", "creator")
                .grant(Item.BUILD, Item.CANCEL)
                .everywhere()
                .to("deployer")
                .grant(Item.CREATE)
                .everywhere()
                .to("creator"));

        WebClient reader = browser(jenkins).login("reader");
        assertOffered(reader, staging);
        assertEquals(
                0,
                ((HtmlPage) reader.getPage(project.project))
                        .getByXPath("//a[contains(@href,'?new')]")
                        .size());
        for (String operation : ALL) {
            assertEquals(403, post(reader, staging, operation).getWebResponse().getStatusCode(), operation);
        }

        WebClient deployer = browser(jenkins).login("deployer");
        assertOffered(deployer, staging, "update", "redeploy", "archive");
        assertEquals(403, post(deployer, staging, "forget").getWebResponse().getStatusCode());
        assertEquals(200, post(deployer, staging, "redeploy").getWebResponse().getStatusCode());
        awaitFree(staging);
        assertEquals("deployer", staging.getChangedBy());

        WebClient creator = browser(jenkins).login("creator");
        assertEquals(
                1,
                ((HtmlPage) creator.getPage(project.project))
                        .getByXPath("//*[@id='main-panel']//a[contains(@href,'?new')]")
                        .size());
        assertOffered(creator, staging);
    }

    @Test
    void whatMakesNoSenseForAStagingIsNotOffered(JenkinsRule jenkins) throws Exception {
        TestProject project = project(jenkins);
        StagingRun run = project.finished(project.submit(Kind.CREATE, "orange-button"));
        HtmlPage page = browser(jenkins).getPage(run.getParent());
        assertEquals(1, inSidePanel(page, "Archive"), "what makes sense is found there");
        for (String word : List.of("Build Now", "Configure", "Rename", "Workspace", "Move")) {
            assertEquals(0, inSidePanel(page, word), word);
        }
    }

    private static int inSidePanel(HtmlPage page, String word) {
        return page.getByXPath("//*[@id='side-panel']//*[normalize-space(text())='" + word + "']")
                .size();
    }

    private static WebClient browser(JenkinsRule jenkins) {
        return jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
    }

    private static Page post(WebClient browser, Staging staging, String operation) throws Exception {
        URL url = new URL(Jenkins.get().getRootUrl() + staging.getUrl() + "operations/" + operation);
        return browser.getPage(browser.addCrumb(new WebRequest(url, HttpMethod.POST)));
    }

    private static void assertOffered(WebClient browser, Staging staging, String... operations) throws Exception {
        HtmlPage page = browser.getPage(staging);
        List<String> offered = page
                .getByXPath(
                        "//a[contains(@href,'/operations/')]/@href | //a[contains(@data-url,'/operations/')]/@data-url")
                .stream()
                .map(attribute -> ((org.htmlunit.html.DomAttr) attribute).getValue())
                .map(url -> url.substring(url.lastIndexOf('/') + 1))
                .toList();
        assertEquals(List.of(operations), offered);
    }

    private static void awaitFree(Staging staging) throws Exception {
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : staging);
    }
}
