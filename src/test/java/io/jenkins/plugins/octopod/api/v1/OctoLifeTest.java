package io.jenkins.plugins.octopod.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.octopod.fixtures.OctoClient;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** A staging’s life as a CI script leads it that knows the original only; it deploys a real process. */
@WithSharedJenkins
class OctoLifeTest {

    private static final String RUNNING =
            "{\"tag\":\"DeploymentNotPending\",\"recorded_status\":{\"tag\":\"Running\"}}";
    private static final String ARCHIVED =
            "{\"tag\":\"DeploymentNotPending\",\"recorded_status\":{\"tag\":\"Archived\"}}";

    @TempDir
    private Path demoHome;

    private OctoClient octo;

    @Test
    void wholeLife(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        demo.project.setDisplayName("Cactus store");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Item.READ, Item.CREATE, Item.BUILD)
                .everywhere()
                .to("ci")
                .grant(Item.DELETE, Jenkins.READ)
                .everywhere()
                .to("ci"));
        String token = jenkins.createApiToken(User.getOrCreateByIdOrFullName("ci"));
        octo = new OctoClient(jenkins.getURL() + demo.project.getUrl() + "octopod", OctoClient.basic("ci", token));

        try {
            assertEquals("\"Cactus store\"", octo.get("project_name").toString());
            assertEquals("[]", octo.list().toString());
            asksForConfiguration();
            creates();
            updates();
            archivesAndRestores();
            cleansUp();
            deletes();
            assertEquals("[]", octo.list().toString());
        } finally {
            Path target = Files.createDirectories(Path.of("target"));
            Files.writeString(target.resolve("octopod-client-transcript.txt"), octo.transcript());
        }
    }

    private void asksForConfiguration() throws Exception {
        assertEquals(
                "[\"image.tag\",\"replicas\",\"demo.delay\",\"demo.fail\",\"demo.healthy\"]",
                octo.get("deployment_override_keys").toString());
        assertEquals(
                "[[\"image.tag\",\"latest\"],[\"replicas\",\"1\"]]",
                octo.get("deployment_overrides").toString());
        String[][] deployment = {{"image.tag", "v1"}, {"replicas", "1"}};
        assertEquals(
                "[\"GREETING\",\"COLOR\",\"DEBUG\",\"TEAM\"]",
                octo.post("application_override_keys", deployment).toString());
        assertEquals(
                "[[\"GREETING\",\"Hello from v1\"],[\"COLOR\",\"orange\"],[\"DEBUG\",\"false\"]]",
                octo.post("application_overrides", deployment).toString());
    }

    private void creates() throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        Map<String, String> application = new LinkedHashMap<>();
        application.put("TEAM", "cactus");
        application.put("DEBUG", null);
        octo.create("orange-button", application, Map.of("image..tag", "v1"));
        OctoClient.Failed twice =
                assertThrows(OctoClient.Failed.class, () -> octo.create("orange-button", Map.of(), Map.of()));
        assertEquals(400, twice.status(), twice.getMessage());

        JsonNode settled = settled("orange-button");
        assertEquals(RUNNING, settled.path("status").toString());
        assertEquals(
                "{\"name\":\"orange-button\",\"app_overrides\":[[\"TEAM\",{\"tag\":\"ValueAdded\",\"contents\":\"cactus\"}],"
                        + "[\"DEBUG\",{\"tag\":\"ValueDeleted\"}]],"
                        + "\"deployment_overrides\":[[\"image.tag\",{\"tag\":\"ValueAdded\",\"contents\":\"v1\"}]]}",
                settled.path("deployment").toString());
        assertTrue(page(settled).contains("v1"), "the page shows the tag");
        Instant created = Instant.parse(settled.path("created_at").asText());
        Instant updated = Instant.parse(settled.path("updated_at").asText());
        assertTrue(!created.isBefore(before) && !updated.isBefore(created), settled.toString());
        assertEquals("Ok", octo.status("orange-button"));

        JsonNode info = octo.info("orange-button");
        assertEquals(settled.path("deployment"), info.path("deployment"));
        assertEquals(settled.path("metadata"), info.path("metadata"));
        assertEquals(1, info.path("logs").size(), info.toString());
        JsonNode log = info.path("logs").get(0);
        assertEquals("CreateAction", log.path("action").asText());
        assertEquals(0, log.path("exit_code").asInt(-1));
        assertEquals(info.path("deployment").path("app_overrides"), log.path("deployment_app_overrides"));
        assertEquals(info.path("deployment").path("deployment_overrides"), log.path("deployment_dep_overrides"));
        assertEquals(0, log.path("duration").path("months").asInt(-1));
        double seconds = log.path("duration").path("time").asDouble();
        assertTrue(
                seconds > 0 && seconds < Duration.between(before, Instant.now()).toSeconds() + 1, log.toString());
        assertTrue(!Instant.parse(log.path("created_at").asText()).isBefore(before), log.toString());

        JsonNode printed = octo.log(log.path("action_id").asLong());
        String stdout = printed.path("stdout").path("un_stdout").asText();
        assertTrue(stdout.startsWith("Creating orange-button, image tag \"v1\""), stdout);
        assertTrue(!stdout.contains("Started by"), stdout);
        assertTrue(printed.path("stderr").path("un_stderr").isTextual(), printed.toString());
    }

    /** Replaces what there was, and doesn’t merge. */
    private void updates() throws Exception {
        octo.update("orange-button", Map.of("COLOR", "green"), Map.of("image.tag", "v2"));
        JsonNode settled = settled("orange-button");
        assertEquals(
                "[[\"COLOR\",{\"tag\":\"ValueAdded\",\"contents\":\"green\"}]]",
                settled.path("deployment").path("app_overrides").toString());
        assertTrue(page(settled).contains("v2"), "updating changes the page");
        JsonNode logs = octo.info("orange-button").path("logs");
        assertEquals("UpdateAction", logs.get(0).path("action").asText(), "the newest comes first");
        assertEquals("CreateAction", logs.get(1).path("action").asText());
        assertTrue(logs.get(0).path("action_id").asLong()
                > logs.get(1).path("action_id").asLong());

        OctoClient.Failed refused = assertThrows(
                OctoClient.Failed.class,
                () -> octo.update("orange-button", Map.of(), Map.of("image.tag", "no tag", "replicas", "many")));
        assertEquals(400, refused.status());
        assertTrue(
                refused.getMessage().startsWith("\"no tag\" can't be an image tag")
                        && refused.getMessage().contains("replicas is \"many\""),
                refused.getMessage());
        assertEquals(settled, octo.fullInfo("orange-button"));
    }

    private void archivesAndRestores() throws Exception {
        JsonNode running = octo.fullInfo("orange-button");
        octo.archive("orange-button");
        OctoClient.Failed busy =
                assertThrows(OctoClient.Failed.class, () -> octo.update("orange-button", Map.of(), Map.of()));
        assertEquals(409, busy.status(), busy.getMessage());
        JsonNode archived = settled("orange-button");
        assertEquals(ARCHIVED, archived.path("status").toString());
        assertEquals("[]", archived.path("metadata").toString());
        assertThrows(ConnectException.class, () -> page(running), "archiving stops the process");
        assertEquals("Error", octo.status("orange-button"));
        assertEquals(ARCHIVED, octo.fullInfo("orange-button").path("status").toString());
        assertEquals(1, octo.list().size(), "archived ones are listed, too");

        octo.restore("orange-button");
        JsonNode restored = settled("orange-button");
        assertEquals(RUNNING, restored.path("status").toString());
        assertTrue(page(restored).contains("v2"), "restoring brings it back as it was");
    }

    private void cleansUp() throws Exception {
        OctoClient.Failed running = assertThrows(OctoClient.Failed.class, () -> octo.cleanup("orange-button"));
        assertEquals(409, running.status(), running.getMessage());
        octo.archive("orange-button");
        settled("orange-button");
        octo.cleanup("orange-button");
        TestProject.await("the staging to be gone", () -> octo.list().isEmpty() ? "gone" : null);
        OctoClient.Failed gone = assertThrows(OctoClient.Failed.class, () -> octo.info("orange-button"));
        assertEquals(404, gone.status());
    }

    /** Whatever failed, the record can be forgotten; two of them are listed by their last change. */
    private void deletes() throws Exception {
        octo.create("fails", Map.of(), Map.of("demo.fail", "create"));
        JsonNode failed = settled("fails");
        assertEquals(
                "{\"tag\":\"DeploymentNotPending\",\"recorded_status\":{\"tag\":\"Failure\",\"contents\":\"GenericFailure\"}}",
                failed.path("status").toString());
        assertTrue(octo.info("fails").path("logs").get(0).path("exit_code").asInt() > 0);
        octo.create("works", Map.of(), Map.of());
        settled("works");
        assertEquals("works", octo.list().get(0).path("deployment").path("name").asText());
        octo.update("fails", Map.of(), Map.of("demo.fail", "update"));
        settled("fails");
        assertEquals("fails", octo.list().get(0).path("deployment").path("name").asText());
        octo.archive("works");
        settled("works");
        octo.delete("works");
        octo.delete("fails");
    }

    private JsonNode settled(String name) throws Exception {
        return TestProject.await(name + " to settle", () -> {
            JsonNode info = octo.fullInfo(name);
            return info.path("status").path("tag").asText().equals("DeploymentNotPending") ? info : null;
        });
    }

    private static String page(JsonNode fullInfo) throws Exception {
        JsonNode link = fullInfo.path("metadata").get(0);
        assertEquals("page", link.path("name").asText(), fullInfo.toString());
        URI url = URI.create(link.path("link").asText());
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                .body();
    }
}
