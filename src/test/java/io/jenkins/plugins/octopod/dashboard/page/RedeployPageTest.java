package io.jenkins.plugins.octopod.dashboard.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.TestUsers;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Back to how a staging was, by the page of an earlier action. */
@WithSharedJenkins
class RedeployPageTest {

    private static final Pattern VERSION = Pattern.compile("name=\"version\"[^>]*value=\"([^\"]+)\"");

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private TestProject project;
    private Staging staging;
    private Visitor deployer;

    @BeforeEach
    void deploy(JenkinsRule rule) throws Exception {
        jenkins = rule;
        project = TestProject.withScripts(rule, new ScriptDirectory(directory.resolve("scripts")).path());
        project.connectAgent("agent");
        staging = project.finished(project.submit(Kind.CREATE, "orange-button", "TEAM=search", "COLOR=teal"))
                .getParent();
        project.finished(project.submit(Kind.UPDATE, "orange-button", "TEAM=checkout", "-GREETING"));
        TestUsers.of(jenkins)
                .with("reader", Jenkins.READ, Item.READ)
                .with("deployer", Jenkins.READ, Item.READ, Item.BUILD);
        deployer = Visitor.loggedIn(jenkins, "deployer");
    }

    private HttpResponse<String> page(int number) throws Exception {
        return deployer.get(staging.getUrl() + number + "/redeploy/");
    }

    private HttpResponse<String> submit(int number, String form) throws Exception {
        HttpResponse<String> response =
                deployer.post(staging.getUrl() + number + "/redeploy/submit", Visitor.FORM, form);
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
        return response;
    }

    private static String version(HttpResponse<String> page) {
        Matcher matcher = VERSION.matcher(page.body());
        assertTrue(matcher.find(), page.body());
        return matcher.group(1);
    }

    @Test
    void itIsAsItWas() throws Exception {
        HttpResponse<String> page = page(1);
        for (String text :
                new String[] {"search", "checkout", "COLOR", "GREETING", "Redeploy orange-button as in #1"}) {
            assertTrue(page.body().contains(text), text + page.body());
        }
        assertEquals(302, submit(1, "version=" + version(page)).statusCode());
        assertEquals(
                "TEAM=search\nCOLOR=teal", staging.getApplicationOverrides().toString());
        assertEquals(3, staging.getLastBuild().getNumber());
        assertTrue(page(3).body().contains("No override changes"));
    }

    @Test
    void whatWasChangedMeanwhileIsNotOverwritten() throws Exception {
        String version = version(page(1));
        project.finished(project.submit(Kind.MERGE, "orange-button", "TEAM=billing"));
        HttpResponse<String> refused = submit(1, "version=" + version);
        assertEquals(412, refused.statusCode());
        assertTrue(refused.body().contains("Review the new values"), refused.body());
        assertTrue(refused.body().contains("billing"), "the new changes are shown");
        assertEquals("billing", staging.getApplicationOverrides().asMap().get("TEAM"));
        assertEquals(302, submit(1, "version=" + version(refused)).statusCode());
        assertEquals("search", staging.getApplicationOverrides().asMap().get("TEAM"));
    }

    @Test
    void anArchivedStagingComesBackAsItWas() throws Exception {
        project.finished(project.submit(Kind.ARCHIVE, "orange-button"));
        HttpResponse<String> page = page(1);
        assertTrue(page.body().contains("The staging is archived. Jenkins restores it"), page.body());
        assertEquals(302, submit(1, "version=" + version(page)).statusCode());
        assertEquals(Status.Running, staging.getStatus());
        assertEquals("search", staging.getApplicationOverrides().asMap().get("TEAM"));
    }

    @Test
    void anActionThatDeployedNothingIsNotOffered() throws Exception {
        project.finished(project.submit(Kind.ARCHIVE, "orange-button"));
        HttpResponse<String> archive = page(3);
        assertTrue(archive.body().contains("has not deployed anything"), archive.body());
        assertFalse(archive.body().contains("octopod-redeploy"), archive.body());
        HttpResponse<String> refused = submit(3, "");
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains("has not deployed anything"), refused.body());
        assertFalse(deployer.get(staging.getUrl() + "3/").body().contains("Redeploy as in"), "the side panel");
        assertTrue(deployer.get(staging.getUrl() + "2/").body().contains("Redeploy as in #2"), "the side panel");
    }

    @Test
    void readersAreNotOfferedIt() throws Exception {
        Visitor reader = Visitor.loggedIn(jenkins, "reader");
        assertEquals(403, reader.get(staging.getUrl() + "1/redeploy/").statusCode());
        assertEquals(
                403,
                reader.post(staging.getUrl() + "1/redeploy/submit", Visitor.FORM, "")
                        .statusCode());
        assertFalse(reader.get(staging.getUrl() + "live/actions").body().contains("Redeploy as in"));
        assertTrue(deployer.get(staging.getUrl() + "live/actions").body().contains("Redeploy as in #1"));
        assertEquals(405, deployer.get(staging.getUrl() + "1/redeploy/submit").statusCode());
    }
}
