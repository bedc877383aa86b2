package io.jenkins.plugins.octopod.api.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.OctoClient;
import io.jenkins.plugins.octopod.fixtures.OpenApiClient;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Lists of stagings: which, in what order, on how many pages, and whether they have changed. */
@WithSharedJenkins
class V2ListTest {

    @TempDir
    private Path directory;

    private TestProject demo;
    private OpenApiClient anna;
    private OpenApiClient bert;

    /** Two projects, of which Bert may see one. */
    /** The ETag of the list once it is valid for a second request: a run is saved once more when its executor is free. */
    private static String settled(OpenApiClient client) throws Exception {
        return TestProject.await("304", () -> {
            String etag = client.call("listStagings").send().expect(200).header("ETag");
            return listed(client, etag).status() == 304 ? etag : null;
        });
    }

    private void prepare(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"))
                .with(ControlScript.CHECK, "case \"$*\" in *broken*) exit 1;; esac")
                .with(ControlScript.ARCHIVE_CHECK, "exit 0");
        demo = TestProject.withScripts(jenkins, scripts.path());
        demo.project.setStatusTimeout(1);
        demo.connectAgent("agent");
        OctopodProject other = new OctopodProject(jenkins.jenkins, "other");
        other.setControlScripts("demo");
        other.setAgentLabel(TestProject.LABEL);
        jenkins.jenkins.add(other, "other");
        other.onCreatedFromScratch();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("anna", "bert")
                .grant(Item.READ, Item.BUILD, Item.CREATE)
                .everywhere()
                .to("anna")
                .grant(Item.READ, Item.BUILD, Item.CREATE)
                .onItems(demo.project)
                .to("bert")
                .grant(Item.READ)
                .onFolders(demo.project)
                .to("bert"));
        anna = client(jenkins, "anna");
        bert = client(jenkins, "bert");
        create("anna", "apple", "image.tag=Fresh");
        create("bert", "banana", "A=x");
        create("anna", "broken", "");
        try (ACLContext ignored = ACL.as(User.getOrCreateByIdOrFullName("anna"))) {
            demo.finished(demo.submit(Kind.CREATE, "cherry"));
            demo.finished(demo.submit(Kind.ARCHIVE, "cherry"));
            demo.finished(StagingService.submit(StagingRequest.of(other, "date", Kind.CREATE)));
        }
    }

    private static OpenApiClient client(JenkinsRule jenkins, String user) throws Exception {
        String token = jenkins.createApiToken(User.getOrCreateByIdOrFullName(user));
        return new OpenApiClient(jenkins.getURL(), OctoClient.basic(user, token));
    }

    private void create(String user, String name, String override) throws Exception {
        AcceptedRequest accepted;
        try (ACLContext ignored = ACL.as(User.getOrCreateByIdOrFullName(user))) {
            accepted = demo.submit(Kind.CREATE, name, override);
        }
        demo.finished(accepted);
    }

    private static String names(OpenApiClient client, String... parameters) throws Exception {
        OpenApiClient.Call call = client.call("listStagings");
        for (int i = 0; i < parameters.length; i += 2) {
            call.with(parameters[i], parameters[i + 1]);
        }
        JsonNode json = call.send().expect(200).json();
        return String.join(
                " ",
                json.path("stagings").findValuesAsText("name").stream()
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    @Test
    void areFilteredAndSorted(JenkinsRule jenkins) throws Exception {
        prepare(jenkins);
        assertEquals("apple banana broken cherry date", names(anna));
        assertEquals("apple banana broken cherry", names(bert), "and nothing of what he may not see");
        assertEquals("apple banana broken date", names(anna, "archived", "false"));
        assertEquals("cherry", names(anna, "archived", "true"));
        assertEquals("broken", names(anna, "status", "GenericFailure,PartialAvailability"));
        assertEquals("apple", names(anna, "text", "FRESH app"));
        assertEquals("", names(anna, "text", "fresh banana"));
        assertEquals("apple banana broken cherry", names(anna, "text", "demo"));
        assertEquals("date", names(anna, "project", "other"));
        assertEquals("apple banana broken cherry date", names(anna, "project", "other,demo"));
        assertEquals("", names(bert, "project", "other"));
        assertEquals("banana", names(bert, "mine", "true"));
        assertEquals("apple banana broken cherry", names(bert, "mine", "false"));
        assertEquals("apple broken cherry date", names(anna, "mine", "true"));
        assertEquals("", names(anna, "busy", "true"));
        assertEquals("date cherry broken banana apple", names(anna, "sort", "-name"));
        assertEquals("date", names(anna, "sort", "-project", "limit", "1"));
        assertEquals("apple banana broken cherry date", names(anna, "sort", "created"));
        assertEquals("date cherry broken banana apple", names(anna, "sort", "-changed"));
        for (String[] bad : new String[][] {
            {"status", "Fine"},
            {"archived", "maybe"},
            {"sort", "color"},
            {"limit", "0"},
            {"limit", "x"},
            {"cursor", "x"}
        }) {
            OpenApiClient.OpenApiResponse refused =
                    anna.call("listStagings").with(bad[0], bad[1]).send().expect(400);
            assertTrue(refused.json().path("detail").asText().length() > 20, refused.body());
        }
        assertEquals(
                "demo other",
                String.join(
                        " ",
                        anna.call("listProjects").send().json().path("projects").findValuesAsText("fullName")));
        assertEquals(1, bert.call("listProjects").send().json().path("projects").size());
        assertEquals(
                1,
                anna.call("listProjects")
                        .with("text", "OTH")
                        .send()
                        .json()
                        .path("total")
                        .asInt());
        bert.call("getProject").with("project", "other").send().expect(404);
    }

    @Test
    void pagesMissNothingWhateverComesAndGoes(JenkinsRule jenkins) throws Exception {
        prepare(jenkins);
        List<String> read = new ArrayList<>();
        OpenApiClient.OpenApiResponse page = anna.call("listStagings")
                .with("limit", "2")
                .with("sort", "name")
                .send();
        read.addAll(page.expect(200).json().path("stagings").findValuesAsText("name"));
        assertEquals(5, page.json().path("total").asInt());
        assertEquals("<" + page.json().path("next").asText() + ">; rel=\"next\"", page.header("Link"));
        // Before the page that comes and behind it, and the last that was read goes.
        create("anna", "almond", "");
        create("anna", "dill", "");
        demo.finished(demo.submit(Kind.ARCHIVE, "banana"));
        StagingService.forget(demo.staging("banana"));
        while (!page.json().path("next").isNull()) {
            page = anna.get(page.json().path("next").asText()).expect(200);
            read.addAll(page.json().path("stagings").findValuesAsText("name"));
        }
        assertEquals(List.of("apple", "banana", "broken", "cherry", "date", "dill"), read);
        assertEquals(null, page.header("Link"));
        String cursor = anna.call("listStagings")
                .with("limit", "1")
                .send()
                .json()
                .path("next")
                .asText()
                .replaceFirst(".*cursor=", "");
        anna.call("listStagings").with("cursor", cursor).send().expect(200);
        anna.call("listStagings")
                .with("cursor", cursor)
                .with("sort", "-name")
                .send()
                .expect(400);
    }

    @Test
    void whatIsUnchangedIsNotToldAgain(JenkinsRule jenkins) throws Exception {
        prepare(jenkins);
        String etag = settled(anna);
        assertEquals(304, listed(anna, "\"x\", " + etag).status());
        assertEquals(200, listed(anna, "\"x\"").status());
        assertEquals(200, listed(bert, etag).status(), "of another viewer");
        assertEquals(
                200,
                anna.call("listStagings")
                        .with("sort", "-name")
                        .with("If-None-Match", etag)
                        .send()
                        .status(),
                "of another query");
        String one = staging(null).expect(200).header("ETag");
        assertEquals(304, staging(one).status());

        demo.finished(demo.submit(Kind.UPDATE, "apple"));
        assertNotEquals(etag, listed(anna, etag).expect(200).header("ETag"));
        assertNotEquals(etag, settled(anna));
        assertEquals(200, staging(one).status());

        // Who loses a permission isn't told any more, although no staging has changed.
        String seen = listed(bert, "\"x\"").header("ETag");
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("bert"));
        jenkins.jenkins.save();
        assertEquals(0, listed(bert, seen).expect(200).json().path("total").asInt());
    }

    @Test
    void whatWaitsIsListedAndCanBeAborted(JenkinsRule jenkins) throws Exception {
        prepare(jenkins);
        jenkins.jenkins.getNode("agent").toComputer().setTemporarilyOffline(true, null);
        AcceptedRequest waiting = demo.submit(Kind.UPDATE, "apple");
        JsonNode newest = TestProject.await("it to wait for an agent", () -> {
            JsonNode now = operations("1");
            String why = now.path("operations").path(0).path("waitingFor").asText();
            return why.contains("waits for an agent") ? now : null;
        });
        JsonNode operation = newest.path("operations").path(0);
        assertEquals(waiting.requestId(), operation.path("id").asText());
        assertEquals("waiting", operation.path("state").asText());
        assertEquals("", names(anna, "busy", "true", "archived", "true"));
        assertEquals("apple", names(anna, "busy", "true"));
        JsonNode older = anna.get(newest.path("next").asText()).expect(200).json();
        assertEquals("create", older.path("operations").path(0).path("action").asText());
        assertTrue(older.path("next").isNull());

        OpenApiClient.Call abort = anna.call("abortOperation")
                .with("project", "demo")
                .with("name", "apple")
                .with("id", waiting.requestId());
        abort.send().expect(403);
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("anna"));
        JsonNode ended = anna.ended(abort.send());
        assertEquals("aborted", ended.path("state").asText());
        assertTrue(ended.path("reason").asText().contains("before it began"), ended.toString());
        assertTrue(ended.path("run").isNull(), "it never had one");
        assertEquals(older.path("operations"), operations("20").path("operations"));
        abort.send().expect(409);
    }

    private JsonNode operations(String limit) throws Exception {
        return anna.call("listOperations")
                .with("project", "demo")
                .with("name", "apple")
                .with("limit", limit)
                .send()
                .expect(200)
                .json();
    }

    private static OpenApiClient.OpenApiResponse listed(OpenApiClient client, String etag) throws Exception {
        return client.call("listStagings").with("If-None-Match", etag).send();
    }

    private OpenApiClient.OpenApiResponse staging(String etag) throws Exception {
        OpenApiClient.Call call =
                anna.call("getStaging").with("project", "demo").with("name", "apple");
        return etag == null ? call.send() : call.with("If-None-Match", etag).send();
    }
}
