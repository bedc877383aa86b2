package io.jenkins.plugins.octopod.api.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.octopod.fixtures.BusyStaging;
import io.jenkins.plugins.octopod.fixtures.OctoClient;
import io.jenkins.plugins.octopod.fixtures.OpenApiClient;
import io.jenkins.plugins.octopod.fixtures.OpenApiClient.OpenApiResponse;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Operations that deploy a staging as in an earlier operation. */
@WithSharedJenkins
class RedeployOperationTest {

    private static final int MANY = 105;

    @TempDir
    private Path directory;

    private BusyStaging busy;
    private OpenApiClient client;
    private String earlier;

    @BeforeEach
    void setUp(JenkinsRule jenkins) throws Exception {
        busy = BusyStaging.create(jenkins, directory.resolve("scripts"));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CREATE, Item.BUILD, Item.DELETE, Item.CANCEL)
                .everywhere()
                .to("ci"));
        String token = jenkins.createApiToken(User.getOrCreateByIdOrFullName("ci"));
        client = new OpenApiClient(jenkins.getURL(), OctoClient.basic("ci", token));
        earlier = busy.staging().getBuildByNumber(1).parameters().getRequestId();
    }

    private OpenApiClient.Call ofStaging(String operation) {
        return client.call(operation).with("project", "demo").with("name", BusyStaging.NAME);
    }

    private OpenApiClient.Call redeploying(String id) {
        return ofStaging("redeployAsInOperation").with("id", id);
    }

    private JsonNode operation(OpenApiResponse accepted) throws Exception {
        return client.get(accepted.header("Location")).expect(200).json();
    }

    @Test
    void calledOffItIsStillAnUpdate() throws Exception {
        busy.held();
        OpenApiResponse accepted =
                redeploying(earlier).with("Prefer", "respond-async").send().expect(202);
        assertEquals("update", accepted.json().path("action").asText());
        ofStaging("abortOperation")
                .with("id", accepted.json().path("id").asText())
                .send()
                .expect(202);
        JsonNode aborted = operation(accepted);
        busy.release();
        busy.awaitFree();
        assertEquals("aborted", aborted.path("state").asText());
        assertEquals("update", aborted.path("action").asText());
    }

    @Test
    void withoutItsRecordItIsStillWhatItWas() throws Exception {
        OpenApiResponse accepted = redeploying(earlier).send().expect(202);
        assertEquals("update", client.ended(accepted).path("action").asText());
        busy.staging().getLastBuild().delete();
        assertEquals("update", operation(accepted).path("action").asText());

        busy.demo.finished(busy.demo.submit(Kind.ARCHIVE, BusyStaging.NAME));
        OpenApiResponse restoring = redeploying(earlier).send().expect(202);
        assertEquals("restore", client.ended(restoring).path("action").asText());
        busy.staging().getLastBuild().delete();
        assertEquals("restore", operation(restoring).path("action").asText());
    }

    @Test
    void afterACleanupItIsRefusedAsUnknown() throws Exception {
        busy.heldCleanup();
        OpenApiResponse accepted =
                redeploying(earlier).with("Prefer", "respond-async").send().expect(202);
        busy.release();
        JsonNode refused = client.ended(accepted);
        assertEquals("failed", refused.path("state").asText());
        assertTrue(refused.path("reason").asText().contains("There is no staging"), refused.toString());
        assertNull(busy.staging());
    }

    @Test
    void anUnknownOperationIsSaidToBeUnknown() throws Exception {
        OpenApiResponse unknown = redeploying("nosuch").send().expect(404);
        assertTrue(unknown.body().contains("There is no operation"), unknown.body());
    }

    @Test
    void anOperationWithoutARunIsSaidToHaveNone() throws Exception {
        OpenApiResponse accepted = redeploying(earlier).send().expect(202);
        String id = client.ended(accepted).path("id").asText();
        busy.staging().getLastBuild().delete();
        OpenApiResponse refused = redeploying(id).send().expect(404);
        assertTrue(refused.body().contains("has no run"), refused.body());
    }

    @Test
    void anOldOperationIsFound() throws Exception {
        Staging staging = busy.staging();
        Path runs = staging.getBuildDir().toPath();
        String record = Files.readString(runs.resolve("1").resolve("build.xml"));
        for (int number = 2; number <= MANY; number++) {
            Files.createDirectory(runs.resolve(Integer.toString(number)));
            Files.writeString(
                    runs.resolve(Integer.toString(number)).resolve("build.xml"),
                    record.replace(earlier, "copy-" + number));
        }
        staging.updateNextBuildNumber(MANY + 1);
        staging.onLoad(staging.getParent(), staging.getName());
        assertEquals(MANY, staging.getLastBuild().getNumber());
        JsonNode again = client.ended(redeploying(earlier).send().expect(202));
        assertEquals("succeeded", again.path("state").asText());
        assertNotNull(staging.getBuildByNumber(MANY + 1));
    }
}
