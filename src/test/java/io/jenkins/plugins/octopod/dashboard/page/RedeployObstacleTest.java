package io.jenkins.plugins.octopod.dashboard.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.BusyStaging;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.TestUsers;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** A redeployment that would always be refused isn’t offered; its page says why. */
@WithSharedJenkins
class RedeployObstacleTest {

    private static final String BUTTON = "octopod-redeploy";

    @TempDir
    private Path directory;

    private BusyStaging busy;
    private Staging staging;
    private Visitor deployer;

    @BeforeEach
    void deploy(JenkinsRule jenkins) throws Exception {
        busy = BusyStaging.create(jenkins, directory.resolve("scripts"));
        staging = busy.staging();
        TestUsers.of(jenkins).with("deployer", Jenkins.READ, Item.READ, Item.BUILD, Item.CREATE);
        deployer = Visitor.loggedIn(jenkins, "deployer");
    }

    private ScriptDirectory scripts() throws Exception {
        return new ScriptDirectory(directory.resolve("scripts"));
    }

    private HttpResponse<String> page() throws Exception {
        return deployer.get(staging.getUrl() + "1/redeploy/");
    }

    private HttpResponse<String> submit(String form) throws Exception {
        return deployer.post(staging.getUrl() + "1/redeploy/submit", Visitor.FORM, form);
    }

    /** The page says why; neither the list of actions nor the side panel offers it; the refusal says the same. */
    private void assertNotOffered(String reason) throws Exception {
        HttpResponse<String> page = page();
        assertTrue(page.body().contains(reason), page.body());
        assertFalse(page.body().contains(BUTTON), page.body());
        for (String part : new String[] {"live/actions", "1/"}) {
            String offers = deployer.get(staging.getUrl() + part).body();
            assertTrue(offers.contains("Create #1"), offers);
            assertFalse(offers.contains("Redeploy as in #1"), part);
        }
        HttpResponse<String> refused = submit("");
        assertEquals(409, refused.statusCode());
        assertTrue(refused.body().contains(reason), refused.body());
        assertFalse(refused.body().contains("Run after that"), refused.body());
    }

    @Test
    void afterAFailedCleanup() throws Exception {
        scripts().with(ControlScript.CLEANUP, "exit 1");
        busy.demo.finished(busy.demo.submit(Kind.ARCHIVE, BusyStaging.NAME));
        busy.demo.finished(busy.demo.submit(Kind.CLEANUP, BusyStaging.NAME));
        assertEquals(Status.CleanupFailed, staging.getStatus());
        assertNotOffered("The last cleanup of the staging failed");
    }

    @Test
    void afterAFailedArchiving() throws Exception {
        scripts().with(ControlScript.ARCHIVE, "exit 1").with(ControlScript.ARCHIVE_CHECK, "exit 1");
        busy.demo.finished(busy.demo.submit(Kind.ARCHIVE, BusyStaging.NAME));
        assertEquals(Status.ArchivePending, staging.getStatus());
        assertNotOffered("The staging is still being archived");
    }

    @Test
    void duringACleanup() throws Exception {
        busy.heldCleanup();
        assertNotOffered("being cleaned up");
        assertEquals(302, submit("afterThat=true").statusCode(), "a user who insists waits");
        String waiting = WaitingRequestService.find(staging).requestId();
        busy.release();
        TestProject.await("the old one to be gone", () -> busy.staging() == staging ? null : true);
        TestProject.await(
                "the refusal", () -> WaitingRequestService.refusal(busy.demo.project, BusyStaging.NAME, waiting));
        assertNull(busy.staging(), "nothing is created");
    }

    @Test
    void duringAnUpdateItCanWait() throws Exception {
        busy.held();
        assertTrue(page().body().contains(BUTTON), "it can run after the update");
        assertTrue(deployer.get(staging.getUrl() + "live/actions").body().contains("Redeploy as in #1"));
        HttpResponse<String> refused = submit("");
        assertEquals(409, refused.statusCode());
        assertTrue(refused.body().contains("Run after that"), refused.body());
        assertTrue(refused.body().contains("Your request can wait until the current action has ended."));
        assertEquals(302, submit("afterThat=true").statusCode());
        busy.release();
        TestProject.await("the third action", () -> staging.getBuildByNumber(3) == null ? null : true);
        busy.awaitFree();
    }
}
