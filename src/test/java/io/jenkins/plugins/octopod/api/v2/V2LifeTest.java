package io.jenkins.plugins.octopod.api.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.User;
import io.jenkins.plugins.octopod.fixtures.OctoClient;
import io.jenkins.plugins.octopod.fixtures.OpenApiClient;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** A staging’s life by a client that knows the description alone; it deploys a real process. The project is in a folder. */
@WithSharedJenkins
class V2LifeTest {

    private static final Map<String, Object> NOTHING = Map.of("deployment", List.of(), "application", List.of());

    @TempDir
    private Path demoHome;

    private OpenApiClient client;

    @Test
    void wholeLife(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        Folder folder = jenkins.createProject(Folder.class, "team a");
        Items.move(demo.project, folder);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CREATE, Item.BUILD, Item.DELETE, Item.CANCEL)
                .everywhere()
                .to("ci")
                .grant(StagingPermissions.LOG)
                .everywhere()
                .to("ci"));
        String token = jenkins.createApiToken(User.getOrCreateByIdOrFullName("ci"));
        client = new OpenApiClient(jenkins.getURL(), OctoClient.basic("ci", token));

        findsTheProject();
        creates();
        updates();
        updatesOnlyWhatItHasSeen();
        saysHowLongItIsKept();
        writesANote();
        redeploysAndReadsTheHistory();
        archivesAndRestores();
        cleansUp();
        forgets();
    }

    private OpenApiClient.Call call(String operation) {
        return client.call(operation).with("project", "team a:demo");
    }

    private OpenApiClient.Call ofStaging(String operation) {
        return call(operation).with("name", "orange-button");
    }

    private JsonNode staging() throws Exception {
        return ofStaging("getStaging").send().expect(200).json();
    }

    private JsonNode succeeded(OpenApiClient.OpenApiResponse accepted) throws Exception {
        JsonNode operation = client.ended(accepted);
        assertEquals("succeeded", operation.path("state").asText(), operation.toString());
        return operation;
    }

    private void findsTheProject() throws Exception {
        JsonNode projects = client.call("listProjects").send().expect(200).json();
        assertEquals(1, projects.path("total").asInt());
        JsonNode project = projects.path("projects").path(0);
        assertEquals("team a/demo", project.path("fullName").asText());
        assertEquals("team a:demo", project.path("id").asText());
        assertEquals(project, client.get(project.path("address").asText()).json());
        JsonNode stagings =
                client.get(project.path("stagings").asText()).expect(200).json();
        assertEquals(0, stagings.path("total").asInt());
    }

    private void creates() throws Exception {
        OpenApiClient.OpenApiResponse accepted = call("createStaging")
                .with("Idempotency-Key", "the first one")
                .body(Map.of("name", "orange-button", "overrides", NOTHING))
                .send();
        assertEquals(400, accepted.status(), "a key has no space: " + accepted.body());
        accepted = call("createStaging")
                .with("Idempotency-Key", "the-first-one")
                .body(Map.of(
                        "name",
                        "orange-button",
                        "overrides",
                        Map.of(
                                "deployment",
                                List.of(Map.of("key", "image..tag", "value", "v1")),
                                "application",
                                List.of(
                                        Map.of("key", "TEAM", "value", "cactus"),
                                        Map.of("key", "DEBUG", "removed", true)))))
                .send();
        JsonNode operation = succeeded(accepted);
        assertEquals("create", operation.path("action").asText());
        assertEquals(0, operation.path("exitCode").asInt(-1));
        assertEquals("Running", operation.path("statusAfter").asText());

        OpenApiClient.OpenApiResponse stdout = ofStaging("readLog")
                .with("id", operation.path("id").asText())
                .with("stream", "stdout")
                .send()
                .expect(200);
        assertTrue(stdout.body().startsWith("Creating orange-button, image tag \"v1\""), stdout.body());
        assertEquals("true", stdout.header("Octopod-Log-Complete"));
        OpenApiClient.OpenApiResponse console =
                client.get(operation.path("run").path("log").asText()).expect(200);
        assertTrue(console.body().contains("Creating orange-button"), console.body());
        assertTrue(console.body().startsWith("Started by user ci"), "notes, without what is hidden in them");
        assertFalse(console.body().contains("\u001b"), console.body());

        JsonNode staging = TestProject.await("the defaults to be known", () -> {
            JsonNode now = staging();
            return now.path("configuration")
                            .path("application")
                            .path("defaults")
                            .asText()
                            .equals("ready")
                    ? now
                    : null;
        });
        assertEquals("Running", staging.path("status").asText());
        assertTrue(staging.path("pending").isNull());
        assertEquals("ci", staging.path("createdBy").asText());
        assertEquals("image.tag overridden v1 latest, replicas default 1 1", values(staging, "deployment"));
        assertEquals(
                "GREETING default Hello from v1 Hello from v1, COLOR default orange orange, DEBUG removed null false,"
                        + " TEAM added cactus null",
                values(staging, "application"));
    }

    private static String values(JsonNode staging, String section) {
        StringBuilder values = new StringBuilder();
        for (JsonNode value : staging.path("configuration").path(section).path("values")) {
            values.append(values.isEmpty() ? "" : ", ")
                    .append(String.join(
                            " ",
                            value.path("key").asText(),
                            value.path("origin").asText(),
                            value.path("value").asText(),
                            value.path("default").asText()));
        }
        return values.toString();
    }

    private void updates() throws Exception {
        Map<String, Object> color =
                Map.of("deployment", List.of(), "application", List.of(Map.of("key", "COLOR", "value", "blue")));
        succeeded(ofStaging("mergeOverrides").body(color).send());
        assertEquals(
                "GREETING default Hello from v1 Hello from v1, COLOR overridden blue orange, DEBUG removed null false,"
                        + " TEAM added cactus null",
                values(staging(), "application"));
        succeeded(ofStaging("replaceOverrides").body(color).send());
        JsonNode overrides = ofStaging("getOverrides").send().expect(200).json();
        assertEquals(
                "{\"deployment\":[],\"application\":[{\"key\":\"COLOR\",\"value\":\"blue\",\"removed\":false}]}",
                overrides.toString());
    }

    private void updatesOnlyWhatItHasSeen() throws Exception {
        OpenApiClient.OpenApiResponse seen = ofStaging("getOverrides").send().expect(200);
        assertEquals('"' + staging().path("overridesVersion").asText() + '"', seen.header("ETag"));
        succeeded(ofStaging("replaceOverrides")
                .with("If-Match", seen.header("ETag"))
                .body(NOTHING)
                .send());
        OpenApiClient.OpenApiResponse late = ofStaging("replaceOverrides")
                .with("If-Match", seen.header("ETag"))
                .body(seen.json())
                .send()
                .expect(412);
        assertTrue(late.json().path("type").asText().endsWith("#problem-overrides-changed"), late.body());
        ofStaging("archiveStaging").with("If-Match", seen.header("ETag")).send().expect(412);
        // What is sent back as it came is what there was.
        succeeded(ofStaging("replaceOverrides").body(seen.json()).send());
        OpenApiClient.OpenApiResponse again = ofStaging("getOverrides")
                .with("If-None-Match", seen.header("ETag"))
                .send()
                .expect(304);
        assertEquals(seen.header("ETag"), again.header("ETag"));
        succeeded(ofStaging("mergeOverrides")
                .with("If-Match", "\"other\", " + seen.header("ETag"))
                .body(NOTHING)
                .send());
        ofStaging("mergeOverrides")
                .with("If-Match", "W/" + seen.header("ETag"))
                .body(NOTHING)
                .send()
                .expect(412);
        ofStaging("mergeOverrides")
                .with("If-Match", "other")
                .body(NOTHING)
                .send()
                .expect(400);
        succeeded(
                ofStaging("mergeOverrides").with("If-Match", "*").body(NOTHING).send());
    }

    private void saysHowLongItIsKept() throws Exception {
        OpenApiClient.OpenApiResponse before = ofStaging("getLifetime").send().expect(200);
        assertEquals("{\"pinned\":false,\"expiryDays\":null,\"expiryDate\":null}", before.body());
        OpenApiClient.OpenApiResponse kept = ofStaging("replaceLifetime")
                .body(Map.of("pinned", true, "expiryDate", "2199-12-24T18:00:00+01:00"))
                .send()
                .expect(200);
        assertEquals("{\"pinned\":true,\"expiryDays\":null,\"expiryDate\":\"2199-12-24T17:00:00Z\"}", kept.body());
        assertTrue(staging().path("pinned").asBoolean());
        assertTrue(staging().path("expiresAt").isNull(), "as long as it is pinned");
        OpenApiClient.OpenApiResponse now = ofStaging("getLifetime")
                .with("If-None-Match", before.header("ETag"))
                .send()
                .expect(200);
        assertEquals(kept.body(), now.body());
        ofStaging("replaceLifetime")
                .body(Map.of("pinned", false, "expiryDays", 3))
                .send()
                .expect(200);
        assertFalse(staging().path("pinned").asBoolean());
        assertFalse(staging().path("expiresAt").isNull());
        ofStaging("replaceLifetime").body(before.json()).send().expect(200);
        assertEquals(before.body(), ofStaging("getLifetime").send().expect(200).body());
    }

    private void writesANote() throws Exception {
        assertTrue(staging().path("note").isNull());
        String text = "for Anna’s demo\non Thursday";
        JsonNode written = ofStaging("replaceNote")
                .body(Map.of("text", text + "\r\n"))
                .send()
                .expect(200)
                .json();
        JsonNode note = staging().path("note");
        assertEquals(note, written.path("note"));
        assertEquals(text, note.path("text").asText());
        assertFalse(note.path("by").isNull());
        assertFalse(note.path("at").isNull());
        assertEquals(1, found("thursday ANNA’S"));
        assertEquals(0, found("friday"));
        ofStaging("replaceNote").body(Map.of("text", "")).send().expect(200);
        assertTrue(staging().path("note").isNull());
    }

    private int found(String text) throws Exception {
        JsonNode list = client.call("listStagings")
                .with("text", text)
                .send()
                .expect(200)
                .json();
        return list.path("total").asInt();
    }

    private void redeploysAndReadsTheHistory() throws Exception {
        JsonNode redeployed = succeeded(ofStaging("redeployStaging").send());
        JsonNode first = ofStaging("listOperations")
                .with("limit", "2")
                .send()
                .expect(200)
                .json();
        assertEquals(2, first.path("operations").size());
        assertEquals(redeployed, first.path("operations").path(0));
        int runs = redeployed.path("run").path("number").asInt();
        int seen = 0;
        String last = "";
        for (String next = first.path("next").asText(null); next != null; ) {
            JsonNode page = client.get(next).expect(200).json();
            seen += page.path("operations").size();
            last = page.path("operations")
                    .path(page.path("operations").size() - 1)
                    .path("action")
                    .asText();
            next = page.path("next").asText(null);
        }
        assertEquals(runs, 2 + seen);
        assertEquals("create", last);
        redeploysAsIn(first.path("operations").path(1));
    }

    private void redeploysAsIn(JsonNode earlier) throws Exception {
        JsonNode before = ofStaging("getOverrides").send().expect(200).json();
        ofStaging("replaceOverrides").body(NOTHING).send().expect(202);
        TestProject.await(
                "the staging to be free", () -> staging().path("pending").isNull() ? true : null);
        JsonNode again = succeeded(ofStaging("redeployAsInOperation")
                .with("id", earlier.path("id").asText())
                .send());
        assertEquals("update", again.path("action").asText());
        assertEquals(earlier.path("overrides"), again.path("overrides"));
        assertEquals(
                earlier.path("overrides"),
                ofStaging("getOverrides").send().expect(200).json());
        OpenApiClient.OpenApiResponse unknown =
                ofStaging("redeployAsInOperation").with("id", "nosuch").send();
        assertEquals(404, unknown.status(), unknown.body());
        ofStaging("replaceOverrides").body(before).send().expect(202);
        TestProject.await(
                "the staging to be free", () -> staging().path("pending").isNull() ? true : null);
    }

    private void archivesAndRestores() throws Exception {
        OpenApiClient.OpenApiResponse early = ofStaging("cleanUpStaging").send().expect(409);
        assertTrue(early.json().path("type").asText().endsWith("#problem-not-now"), early.body());
        succeeded(ofStaging("archiveStaging").send());
        assertTrue(staging().path("archived").asBoolean());
        JsonNode archived = call("listStagingsOfProject")
                .with("archived", "true")
                .send()
                .expect(200)
                .json();
        assertEquals(1, archived.path("total").asInt());
        succeeded(ofStaging("restoreStaging").send());
        assertEquals("Running", staging().path("status").asText());
    }

    private void cleansUp() throws Exception {
        succeeded(ofStaging("archiveStaging").send());
        OpenApiClient.OpenApiResponse accepted = ofStaging("cleanUpStaging")
                .with("Idempotency-Key", "away-with-it")
                .send();
        JsonNode cleaned = succeeded(accepted);
        assertEquals("cleanup", cleaned.path("action").asText());
        TestProject.await("it to be gone", () -> ofStaging("getStaging").send().status() == 404 ? "gone" : null);
        // Told also now that the staging is gone, and its run with it; and to who repeats the request.
        assertEquals(
                "succeeded",
                client.get(accepted.header("Location"))
                        .expect(200)
                        .json()
                        .path("state")
                        .asText());
        OpenApiClient.OpenApiResponse repeated = ofStaging("cleanUpStaging")
                .with("Idempotency-Key", "away-with-it")
                .send();
        assertEquals(accepted.header("Location"), repeated.expect(202).header("Location"));
        ofStaging("cleanUpStaging").send().expect(404);
    }

    private void forgets() throws Exception {
        Map<String, Object> wanted = Map.of("name", "orange-button", "overrides", NOTHING);
        JsonNode created = succeeded(call("createStaging").body(wanted).send());
        succeeded(ofStaging("archiveStaging").send());
        OpenApiClient.OpenApiResponse forgotten = ofStaging("forgetStaging").send();
        assertEquals("forget", succeeded(forgotten).path("action").asText());
        ofStaging("getStaging").send().expect(404);
        // Its address is in a project with other stagings, where nobody must take it for one of theirs.
        assertNotEquals(created.path("id").asText(), forgotten.json().path("id").asText());
        JsonNode none = client.call("listStagings").send().expect(200).json();
        assertEquals(0, none.path("total").asInt());
    }
}
