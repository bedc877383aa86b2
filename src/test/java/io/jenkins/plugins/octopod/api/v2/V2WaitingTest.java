package io.jenkins.plugins.octopod.api.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Cause;
import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.octopod.fixtures.BusyStaging;
import io.jenkins.plugins.octopod.fixtures.OctoClient;
import io.jenkins.plugins.octopod.fixtures.OpenApiClient;
import io.jenkins.plugins.octopod.fixtures.OpenApiClient.OpenApiResponse;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.turn.IfBusy;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Operations that wait for their turn, for clients that prefer that ({@code Prefer: respond-async}). */
@WithSharedJenkins
class V2WaitingTest {

    private static final Map<String, Object> OVERRIDES =
            Map.of("deployment", List.of(), "application", List.of(Map.of("key", "A", "value", "1")));

    @TempDir
    private Path directory;

    private BusyStaging busy;
    private OpenApiClient client;

    @BeforeEach
    void setUp(JenkinsRule jenkins) throws Exception {
        busy = BusyStaging.create(jenkins, directory.resolve("scripts"));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CREATE, Item.BUILD, Item.DELETE)
                .everywhere()
                .to("ci")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("eve"));
        String token = jenkins.createApiToken(User.getOrCreateByIdOrFullName("ci"));
        client = new OpenApiClient(jenkins.getURL(), OctoClient.basic("ci", token));
    }

    private OpenApiClient.Call call(String operation) {
        return client.call(operation).with("project", "demo");
    }

    private OpenApiClient.Call ofStaging(String operation) {
        return call(operation).with("name", BusyStaging.NAME);
    }

    private OpenApiClient.Call waiting(String operation) {
        return ofStaging(operation).with("Prefer", "wait=10, respond-async");
    }

    private JsonNode operation(OpenApiResponse accepted) throws Exception {
        return client.get(accepted.header("Location")).expect(200).json();
    }

    @Test
    void waitsAndGoesOnUnderTheSameId() throws Exception {
        busy.held();
        OpenApiResponse refused = ofStaging("mergeOverrides").body(OVERRIDES).send();
        assertEquals(409, refused.status(), refused.body());

        OpenApiResponse accepted = waiting("mergeOverrides")
                .with("Idempotency-Key", "one")
                .body(OVERRIDES)
                .send()
                .expect(202);
        assertEquals("respond-async", accepted.header("Preference-Applied"));
        assertEquals("1", accepted.header("Retry-After"));
        JsonNode operation = operation(accepted);
        assertEquals("waiting", operation.path("state").asText());
        assertEquals("update", operation.path("action").asText());
        assertTrue(operation.path("waitingFor").asText().contains("is being updated"), operation.toString());
        OpenApiResponse again = waiting("mergeOverrides")
                .with("Idempotency-Key", "one")
                .body(OVERRIDES)
                .send()
                .expect(202);
        assertEquals(accepted.header("Location"), again.header("Location"));
        JsonNode list = ofStaging("listOperations").send().expect(200).json().path("operations");
        assertEquals(operation.path("id"), list.path(0).path("id"));
        assertEquals(3, list.size());

        busy.release();
        JsonNode ended = client.ended(accepted);
        assertEquals("succeeded", ended.path("state").asText());
        assertEquals(operation.path("id"), ended.path("id"));
        assertEquals(3, ended.path("run").path("number").asInt());
        assertEquals("1", busy.staging().getApplicationOverrides().asMap().get("A"));
    }

    @Test
    void preferenceOfAFreeStagingIsApplied() throws Exception {
        OpenApiResponse accepted = waiting("redeployStaging").send().expect(202);
        assertEquals("respond-async", accepted.header("Preference-Applied"));
        assertEquals("succeeded", client.ended(accepted).path("state").asText());
        OpenApiResponse without = ofStaging("archiveStaging").send().expect(202);
        assertNull(without.header("Preference-Applied"));
        client.ended(without);
    }

    @Test
    void refusedWhenItsTurnComes() throws Exception {
        busy.held();
        OpenApiResponse accepted = waiting("restoreStaging").send().expect(202);
        busy.release();
        JsonNode ended = client.ended(accepted);
        assertEquals("failed", ended.path("state").asText());
        assertTrue(!ended.path("reason").asText().isEmpty(), ended.toString());
    }

    @Test
    void calledOffByTheOneWhoAsked() throws Exception {
        busy.held();
        OpenApiResponse accepted = waiting("archiveStaging").send().expect(202);
        String id = operation(accepted).path("id").asText();
        ofStaging("abortOperation").with("id", id).send().expect(202);
        assertEquals("aborted", operation(accepted).path("state").asText());
        busy.release();
        busy.awaitFree();
        assertEquals(2, busy.staging().getBuilds().size());
    }

    @Test
    void refusedCallingOffLeavesNothing(JenkinsRule jenkins) throws Exception {
        busy.held();
        String id = WaitingRequestService.submit(
                        StagingRequest.of(busy.demo.project, BusyStaging.NAME, Kind.ARCHIVE, new Cause.UserIdCause()),
                        IfBusy.WAIT)
                .requestId();
        User eve = User.getOrCreateByIdOrFullName("eve");
        OpenApiClient hers = new OpenApiClient(jenkins.getURL(), OctoClient.basic("eve", jenkins.createApiToken(eve)));
        OpenApiResponse refused = operation(hers, "abortOperation", id);
        assertEquals(403, refused.status(), refused.body());
        assertTrue(WaitingRequestService.cancel(busy.staging(), id));
        OpenApiResponse unknown = operation(hers, "getOperation", id);
        assertEquals(404, unknown.status(), unknown.body());
        busy.release();
    }

    private static OpenApiResponse operation(OpenApiClient by, String call, String id) throws Exception {
        return by.call(call)
                .with("project", "demo")
                .with("name", BusyStaging.NAME)
                .with("id", id)
                .send();
    }

    @Test
    void createdAgainAfterCleanup() throws Exception {
        busy.heldCleanup();
        OpenApiResponse accepted = call("createStaging")
                .with("Prefer", "respond-async")
                .body(Map.of("name", BusyStaging.NAME, "overrides", OVERRIDES))
                .send()
                .expect(202);
        assertEquals("waiting", operation(accepted).path("state").asText());
        busy.release();
        assertEquals("succeeded", client.ended(accepted).path("state").asText());
    }
}
