package io.jenkins.plugins.octopod.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockFolder;

/** The view outside of a project: what it holds, and that its page is one among Jenkins’ own. */
@WithSharedJenkins
class StagingsViewTest {

    @TempDir
    private Path demoHome;

    @Test
    void showsTheStagingsBelowWhereverItIs(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        Staging staging =
                demo.finished(demo.submit(Kind.CREATE, "orange-button")).getParent();
        FreeStyleProject job = jenkins.createFreeStyleProject();
        MockFolder empty = jenkins.createFolder("empty");
        StagingsView ofJenkins = new StagingsView("Features", jenkins.jenkins);
        jenkins.jenkins.addView(ofJenkins);
        StagingsView ofFolder = new StagingsView("Features", empty);
        empty.addView(ofFolder);

        assertEquals(List.of(staging), List.copyOf(ofJenkins.getItems()));
        assertTrue(ofJenkins.contains(staging));
        assertFalse(ofJenkins.contains(job));
        assertEquals(0, ofFolder.getItems().size());
        assertFalse(ofFolder.contains(staging));

        WebClient browser = jenkins.createWebClient();
        HtmlPage page = browser.goTo("view/Features/");
        assertNotNull(page.getElementById("octopod-board"));
        assertNotNull(page.getAnchorByHref("/jenkins/view/Features/newJob"), "as in every view of Jenkins");
        assertNotNull(page.getFirstByXPath("//*[contains(@class,'tabBar')]//*[contains(.,'Features')]"));
        assertNotNull(browser.goTo("job/empty/view/Features/").getElementById("octopod-board"));
        browser.goTo("view/Features/configure");
        browser.goTo("view/Features/api/json", "application/json");
    }
}
