package io.jenkins.plugins.octopod.staging.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Cause;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AuthorizationStrategy;
import hudson.security.HudsonPrivateSecurityRealm;
import hudson.security.Permission;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.fixtures.BusyStaging;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import io.jenkins.plugins.octopod.staging.request.StagingBusyException;
import io.jenkins.plugins.octopod.staging.support.AgentChannel;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import io.jenkins.plugins.octopod.staging.waiting.RefusedRequest;
import io.jenkins.plugins.octopod.staging.waiting.WaitingRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** Requests that are done after what is at work on their staging. */
@WithSharedJenkins
class WaitingRequestServiceTest {

    @TempDir
    private Path directory;

    private BusyStaging busy;

    @BeforeEach
    void setUp(JenkinsRule jenkins) throws Exception {
        busy = BusyStaging.create(jenkins, directory.resolve("scripts"));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CREATE)
                .everywhere()
                .to("ann", "bob")
                .grant(Jenkins.READ, Item.READ, Item.CANCEL)
                .everywhere()
                .to("eve"));
    }

    @AfterEach
    void tearDown() {
        System.clearProperty(AgentChannel.RECONNECT_TIMEOUT);
    }

    private static ACLContext as(String user) {
        return ACL.as2(User.getById(user, true).impersonate2());
    }

    private SubmittedRequest submit(String user, Kind kind, String... overrides) throws Exception {
        try (ACLContext ignored = as(user)) {
            Overrides application = Overrides.parse(String.join("\n", overrides));
            return WaitingRequestService.submit(
                    StagingRequest.builder(busy.demo.project, BusyStaging.NAME, kind)
                            .application(application)
                            .cause(new Cause.UserIdCause())
                            .build(),
                    IfBusy.WAIT);
        }
    }

    private StagingRun done(String requestId) throws Exception {
        return TestProject.await("the request to be done", () -> {
            Staging staging = busy.staging();
            StagingRun run = staging == null ? null : RunLookup.run(staging, requestId);
            return run == null || run.isBuilding() || staging.isBusy() ? null : run;
        });
    }

    @Test
    void acceptedAtOnceIfTheStagingIsFree(JenkinsRule jenkins) throws Exception {
        SubmittedRequest submitted = submit("ann", Kind.MERGE, "A=1");
        assertFalse(submitted.isWaiting());
        jenkins.assertBuildStatusSuccess(done(submitted.requestId()));
        assertFalse(Files.exists(busy.staging().getRootDir().toPath().resolve("waiting.xml")));
    }

    @Test
    void doneAfterThatUnderTheSameId(JenkinsRule jenkins) throws Exception {
        StagingRun other = busy.held();
        SubmittedRequest submitted = submit("ann", Kind.MERGE, "A=1");
        assertTrue(submitted.isWaiting());
        assertEquals(
                "The staging “a1” is being updated. Your request waits until that has ended.",
                submitted.waitingSentence());
        assertTrue(Files.exists(busy.staging().getRootDir().toPath().resolve("waiting.xml")));
        assertEquals("ann", WaitingRequestService.find(busy.staging()).user());
        busy.release();
        StagingRun run = done(submitted.requestId());
        jenkins.assertBuildStatusSuccess(run);
        assertEquals(Result.SUCCESS, other.getResult());
        assertEquals("ann", run.getCause(Cause.UserIdCause.class).getUserId());
        assertEquals("ann", busy.staging().getChangedBy());
        assertEquals("1", busy.staging().getApplicationOverrides().asMap().get("A"));
        assertNull(WaitingRequestService.find(busy.staging()));
        assertFalse(Files.exists(busy.staging().getRootDir().toPath().resolve("waiting.xml")));
    }

    @Test
    void newerOfTheSameUserReplaces() throws Exception {
        busy.held();
        SubmittedRequest older = submit("ann", Kind.MERGE, "A=1");
        SubmittedRequest newer = submit("ann", Kind.MERGE, "B=2");
        RefusalException refusal = assertThrows(RefusalException.class, () -> submit("bob", Kind.ARCHIVE));
        assertEquals(Reason.NOT_NOW, refusal.getReason());
        assertEquals(
                "The staging “a1” is being updated, and a request of ann already waits for it. Only one request"
                        + " can wait: try again later, or cancel that one.",
                refusal.getMessage());
        busy.release();
        done(newer.requestId());
        assertNull(RunLookup.run(busy.staging(), older.requestId()));
        assertNull(busy.staging().getApplicationOverrides().asMap().get("A"));
    }

    @Test
    void calledOff() throws Exception {
        StagingRun other = busy.held();
        SubmittedRequest submitted = submit("ann", Kind.ARCHIVE);
        try (ACLContext ignored = as("bob")) {
            assertThrows(AccessDeniedException.class, () -> WaitingRequestService.cancel(busy.staging(), null));
        }
        try (ACLContext ignored = as("ann")) {
            assertFalse(WaitingRequestService.cancel(busy.staging(), "another"));
            assertTrue(WaitingRequestService.cancel(busy.staging(), submitted.requestId()));
            assertFalse(WaitingRequestService.cancel(busy.staging(), null));
        }
        submit("ann", Kind.ARCHIVE);
        try (ACLContext ignored = as("eve")) {
            assertTrue(WaitingRequestService.cancel(busy.staging(), null));
        }
        busy.release();
        busy.awaitFree();
        assertEquals(other, busy.staging().getLastBuild());
    }

    @Test
    void refusalIsKeptUntilARequestIsAccepted() throws Exception {
        busy.held();
        SubmittedRequest submitted = submit("ann", Kind.RESTORE);
        busy.release();
        RefusedRequest refused = TestProject.await(
                "the refusal", () -> busy.staging().waitingRequests().current().refused());
        assertEquals("ann", refused.user());
        assertEquals(submitted.requestId(), refused.requestId());
        assertTrue(refused.sentence().contains("a1") || !refused.sentence().isBlank(), refused.sentence());
        assertNull(WaitingRequestService.find(busy.staging()));
        busy.demo.finished(busy.demo.submit(Kind.MERGE, BusyStaging.NAME));
        TestProject.await(
                "the refusal to go",
                () -> busy.staging().waitingRequests().current().refused() == null ? true : null);
        assertNull(WaitingRequestService.refusal(busy.staging()));
        RefusedRequest remembered =
                WaitingRequestService.refusal(busy.demo.project, BusyStaging.NAME, submitted.requestId());
        assertNotNull(remembered, "who waits for that request");
        assertEquals(refused.sentence(), remembered.sentence());
    }

    @Test
    void permissionsOfThatTimeHold(JenkinsRule jenkins) throws Exception {
        busy.held();
        submit("ann", Kind.MERGE, "A=1");
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("ann"));
        busy.release();
        RefusedRequest refused = TestProject.await(
                "the refusal", () -> busy.staging().waitingRequests().current().refused());
        assertTrue(refused.sentence().contains("ann is missing the Job/Build permission"), refused.sentence());
        assertNull(busy.staging().getApplicationOverrides().asMap().get("A"));
    }

    @Test
    void createdAgainAfterCleanup(JenkinsRule jenkins) throws Exception {
        busy.heldCleanup();
        SubmittedRequest submitted = submit("ann", Kind.CREATE, "A=1");
        assertTrue(submitted.isWaiting());
        busy.release();
        StagingRun run = done(submitted.requestId());
        jenkins.assertBuildStatusSuccess(run);
        assertEquals(1, run.getNumber(), "a new staging");
        assertEquals("ann", busy.staging().getCreatedBy());
    }

    @Test
    void updateThatWaitedForACleanupIsRefused() throws Exception {
        busy.heldCleanup();
        SubmittedRequest submitted = submit("ann", Kind.MERGE, "A=1");
        assertTrue(WaitingRequestService.isWaiting(busy.demo.project, BusyStaging.NAME, submitted.requestId()));
        busy.release();
        RefusedRequest refused = TestProject.await(
                "the refusal",
                () -> WaitingRequestService.refusal(busy.demo.project, BusyStaging.NAME, submitted.requestId()));
        assertEquals("There is no staging “a1” in project “demo”.", refused.sentence());
        assertNull(busy.staging());
    }

    @Test
    void creationDoesNotWaitForWhatStays() throws Exception {
        busy.held();
        StagingBusyException refusal = assertThrows(StagingBusyException.class, () -> submit("ann", Kind.CREATE));
        assertEquals(Reason.EXISTS, refusal.getReason());
        assertNotNull(refusal.runUrl());
        busy.release();
    }

    private RefusedRequest refusal(SubmittedRequest submitted) throws Exception {
        return TestProject.await(
                "the refusal",
                () -> WaitingRequestService.refusal(busy.demo.project, BusyStaging.NAME, submitted.requestId()));
    }

    /** Permissions of ann can't be found out. Returns how often that was tried. */
    private static AtomicInteger breakPermissions(JenkinsRule jenkins) {
        AtomicInteger asked = new AtomicInteger();
        jenkins.jenkins.setAuthorizationStrategy(new AuthorizationStrategy() {
            @Override
            public List<String> getGroups() {
                return List.of();
            }

            @Override
            public ACL getRootACL() {
                return ACL.lambda2((Authentication who, Permission permission) -> {
                    if (who.getName().equals("ann")) {
                        asked.incrementAndGet();
                        throw new IllegalStateException("The directory doesn't answer");
                    }
                    return true;
                });
            }
        });
        return asked;
    }

    @Test
    void agentThatReconnectsIsWaitedFor(JenkinsRule jenkins) throws Exception {
        System.setProperty(AgentChannel.RECONNECT_TIMEOUT, "60");
        busy.held();
        SubmittedRequest submitted = submit("ann", Kind.MERGE, "A=1");
        busy.demo.project.setAgentLabel("gone");
        busy.release();
        TestProject.await("an attempt", () -> WaitingRequestSubmitter.get().isRetried(busy.staging()) ? true : null);
        System.setProperty(AgentChannel.RECONNECT_TIMEOUT, "600");
        busy.demo.project.setAgentLabel(TestProject.LABEL);
        jenkins.assertBuildStatusSuccess(done(submitted.requestId()));
        assertEquals("1", busy.staging().getApplicationOverrides().asMap().get("A"));
        assertFalse(WaitingRequestSubmitter.get().isRetried(busy.staging()));
    }

    @Test
    void refusedWhenTheAgentStaysAway() throws Exception {
        System.setProperty(AgentChannel.RECONNECT_TIMEOUT, "1");
        busy.held();
        SubmittedRequest submitted = submit("ann", Kind.MERGE, "A=1");
        busy.demo.project.setAgentLabel("gone");
        busy.release();
        assertTrue(
                refusal(submitted).sentence().contains("No agent has the label of project “demo”"),
                refusal(submitted).sentence());
        assertFalse(WaitingRequestSubmitter.get().isRetried(busy.staging()));
    }

    @Test
    void refusedWhenAnotherPluginFailsForLong(JenkinsRule jenkins) throws Exception {
        System.setProperty(AgentChannel.RECONNECT_TIMEOUT, "1");
        busy.held();
        SubmittedRequest submitted = submit("ann", Kind.MERGE, "A=1");
        breakPermissions(jenkins);
        busy.release();
        assertEquals("The directory doesn't answer", refusal(submitted).sentence());
    }

    @Test
    void failureOfAnotherPluginAfterACleanupPasses(JenkinsRule jenkins) throws Exception {
        AuthorizationStrategy intact = jenkins.jenkins.getAuthorizationStrategy();
        busy.heldCleanup();
        SubmittedRequest submitted = submit("ann", Kind.CREATE, "A=1");
        AtomicInteger asked = breakPermissions(jenkins);
        busy.release();
        TestProject.await("an attempt", () -> asked.get() > 0 ? true : null);
        assertNull(busy.staging());
        assertTrue(WaitingRequestService.isWaiting(busy.demo.project, BusyStaging.NAME, submitted.requestId()));
        jenkins.jenkins.setAuthorizationStrategy(intact);
        jenkins.assertBuildStatusSuccess(done(submitted.requestId()));
    }

    @Test
    void refusedAtOnceIfTheUserIsGone(JenkinsRule jenkins) throws Exception {
        busy.held();
        SubmittedRequest submitted = submit("ann", Kind.MERGE, "A=1");
        jenkins.jenkins.setSecurityRealm(new HudsonPrivateSecurityRealm(false, false, null));
        busy.release();
        assertTrue(
                refusal(submitted).sentence().contains("ann"),
                refusal(submitted).sentence());
    }

    /** Jenkins was killed when the request was accepted, and the file didn't say so yet. */
    @Test
    void acceptedRequestDoesNotWaitAnyMore() throws Exception {
        StagingRun run = busy.held();
        String id = run.parameters().getRequestId();
        WaitingRequest accepted = WaitingRequest.builder(id, StagingClock.now())
                .kind(Kind.UPDATE.name())
                .build();
        busy.staging().waitingRequests().change(state -> state.with(accepted));
        new WaitingRequestSubmitter.ItemEvents().onLoaded();
        TestProject.await("the entry to go", () -> WaitingRequestService.find(busy.staging()) == null ? true : null);
        assertTrue(run.isBuilding());
        busy.release();
        busy.awaitFree();
        assertEquals(run, busy.staging().getLastBuild());
    }
}
