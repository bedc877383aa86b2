package io.jenkins.plugins.octopod.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.octopod.api.Route;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.OctoClient;
import io.jenkins.plugins.octopod.fixtures.RefusalScene;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.security.SecuritySettings;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.queue.ActionIdCodec;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What can’t be done is refused in JSON, with the right status and a sentence, and nothing has happened then. */
@WithSharedJenkins
class ApiRefusalsTest {

    private static final String API = "job/demo/octopod/api/v1/";
    private static final String NOTHING = "{\"name\":\"a1\",\"app_overrides\":[],\"deployment_overrides\":[]}";

    @TempDir
    private Path directory;

    private TestProject project;
    private Visitor visitor;
    private String authorization;

    private void prepare(JenkinsRule jenkins) throws Exception {
        RefusalScene scene = new RefusalScene(
                jenkins, new ScriptDirectory(directory.resolve("scripts")).with(ControlScript.UPDATE, "echo updated"));
        project = scene.project;
        visitor = scene.visitor;
        authorization = scene.authorization;
    }

    @Test
    void mistakes(JenkinsRule jenkins) throws Exception {
        prepare(jenkins);
        project.finished(project.submit(Kind.CREATE, "idle"));
        AcceptedRequest busy = project.submit(Kind.CREATE, "busy");
        project.printing(busy, "created");
        wrongAddresses();
        wrongMethods();
        wrongBodies();
        wrongConfigurations();
        againstTheRules();
        notLoggedIn();
        assertEquals(
                List.of("busy", "idle"),
                TestProject.files(project.project.getRootDir().toPath().resolve("jobs")));
        StagingService.abort(busy.staging());
        project.finished(busy);
        shuttingDown(jenkins);
        jenkins.jenkins.getNode("agent").toComputer().setTemporarilyOffline(true, null);
        assertError(
                503,
                "The status can’t be checked: no agent of project “demo” is online",
                ask("GET", API + "deployments/idle/status", null));
        assertError(503, "is online", ask("GET", API + "deployment_override_keys", null));
        // Last, as its connection is closed.
        String tooLong = NOTHING.replace("[]}", "[]" + " ".repeat(1 << 20) + "}");
        assertError(413, "1 MB", ask("POST", API + "deployments", tooLong));
    }

    private void wrongAddresses() throws Exception {
        for (String none : new String[] {
            "job/none/octopod/api/v1/deployments", "job/demo/job/none/octopod/api/v1/ping", "job/none/octopod/api/v1/"
        }) {
            assertError(404, "There is no such project", ask("GET", none, null));
        }
        for (String none : new String[] {
            "job/demo/octopod/",
            "job/demo/octopod/api",
            "job/demo/octopod/api/v1",
            "job/demo/octopod/api/v2/deployments",
            API + "nothing",
            API + "deployments/idle/nothing",
            API + "deployments/idle/info/more",
            API + "log",
            "job/demo/octopod/iconFileName"
        }) {
            assertError(404, "There is nothing at", ask("GET", none, null));
        }
        for (String id : new String[] {"x", "-1", "0", "8", "1000009", "7000001", "99999999999999999999"}) {
            assertError(404, "There is no action " + id, ask("GET", API + "log/" + id, null));
        }
        for (Route<ApiRequest> route : Routes.ALL) {
            String path = String.join("/", route.path());
            if (path.startsWith("deployments/" + Route.PARAMETER)) {
                String body =
                        route.method().equals("PUT") ? "{\"app_overrides\":[],\"deployment_overrides\":[]}" : null;
                assertError(
                        404,
                        "There is no staging “none” in project “demo”.",
                        ask(route.method(), API + path.replace(Route.PARAMETER, "none"), body));
            }
        }
        for (String name : new String[] {"none%20such", "Idle", "idle%3Cb%3E"}) {
            assertError(404, "There is no staging “", ask("GET", API + "deployments/" + name + "/info", null));
        }
        // Stapler takes that for an attack, and knows no better word for it.
        assertError(
                500,
                "The request failed because of an error in Jenkins",
                ask("GET", API + "deployments/%2e%2e/info", null));
    }

    private void wrongMethods() throws Exception {
        for (Route<ApiRequest> there : Routes.ALL) {
            List<String> allowed = Routes.ALL.stream()
                    .filter(route -> route.path().equals(there.path()))
                    .map(Route::method)
                    .toList();
            String address = API + String.join("/", there.path()).replace(Route.PARAMETER, "idle");
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
                if (!allowed.contains(method)) {
                    HttpResponse<String> answer = ask(method, address, null);
                    assertError(405, method + " isn’t allowed for “", answer);
                    assertEquals(
                            String.join(", ", allowed),
                            answer.headers().firstValue("Allow").orElse(null));
                }
            }
        }
    }

    private void wrongBodies() throws Exception {
        for (String type : new String[] {
            null, "text/plain", Visitor.FORM, "application/json;charset=iso-8859-1", "application/jsonp", "text/json"
        }) {
            String[] headers = type == null
                    ? new String[] {"Authorization", authorization}
                    : new String[] {"Authorization", authorization, "Content-Type", type};
            for (String call : new String[] {"deployments", "application_overrides", "application_override_keys"}) {
                assertError(415, "Content-Type: application/json", visitor.send("POST", API + call, NOTHING, headers));
            }
            assertError(
                    415,
                    "Content-Type: application/json",
                    visitor.send("PUT", API + "deployments/idle", NOTHING, headers));
        }
        assertError(400, "it isn’t JSON", ask("POST", API + "deployments", "{"));
        assertError(400, "there is no field “name”", ask("PUT", API + "deployments/idle", NOTHING));
        assertError(400, "[[\"image.tag\",\"015f16e\"]]", ask("POST", API + "application_overrides", NOTHING));
        String padded = NOTHING.replace("a1", "-") + " ".repeat((1 << 20) - NOTHING.length() + 1);
        assertEquals(1 << 20, padded.length());
        assertNameError("The name “-” is too short", ask("POST", API + "deployments", padded));
    }

    private void wrongConfigurations() throws Exception {
        for (String name : new String[] {"", "a", "A1", "1a", "a-", "a_b", "seventeen-letters", "a/b", "ä1"}) {
            assertNameError("ame", ask("POST", API + "deployments", NOTHING.replace("a1", name)));
        }
        assertNameError("The staging is running", ask("POST", API + "deployments", NOTHING.replace("a1", "idle")));
        assertNameError(
                "The staging “busy” is being created", ask("POST", API + "deployments", NOTHING.replace("a1", "busy")));
        String noKey = "{\"app_overrides\":[[\"..\",{\"tag\":\"ValueDeleted\"}]],\"deployment_overrides\":[]}";
        assertError(400, "An override has no key", ask("PUT", API + "deployments/idle", noKey));
        for (String character : new String[] {"0000", "0001", "fffe"}) {
            String set = noKey.replace("..", "a")
                    .replace(
                            "{\"tag\":\"ValueDeleted\"}",
                            "{\"tag\":\"ValueAdded\",\"contents\":\"\\u" + character + "\"}");
            assertError(
                    400,
                    "The value of “a” has the character U+" + character.toUpperCase(Locale.ROOT) + " in it",
                    ask("PUT", API + "deployments/idle", set));
        }
        HttpResponse<String> checked = ask(
                "PUT",
                API + "deployments/idle",
                noKey.replace("..", "bad")
                        .replace("{\"tag\":\"ValueDeleted\"}", "{\"tag\":\"ValueAdded\",\"contents\":\"x\"}"));
        assertEquals(400, checked.statusCode());
        assertEquals("DEBUG can't be <bad>", checked.body(), "what the script has printed, and nothing else");
        assertEquals(
                "text/plain;charset=utf-8",
                checked.headers().firstValue("Content-Type").orElse("").toLowerCase());
    }

    private void againstTheRules() throws Exception {
        String update = "{\"app_overrides\":[],\"deployment_overrides\":[]}";
        assertError(409, "The staging “busy” is being created", ask("PUT", API + "deployments/busy", update));
        for (String call : new String[] {"DELETE ", "DELETE /cleanup", "PATCH /restore", "DELETE /delete"}) {
            String[] parts = call.split(" ", -1);
            assertError(
                    409,
                    "The staging “busy” is being created",
                    ask(parts[0], API + "deployments/busy" + parts[1], null));
        }
        assertError(409, "The staging is running", ask("DELETE", API + "deployments/idle/cleanup", null));
        assertError(409, "The staging is running", ask("PATCH", API + "deployments/idle/restore", null));
    }

    private void notLoggedIn() throws Exception {
        HttpResponse<String> anonymous = visitor.send("GET", API + "deployments", null);
        assertError(401, "You aren’t logged in", anonymous);
        assertEquals(
                "Basic realm=\"Jenkins\"",
                anonymous.headers().firstValue("WWW-Authenticate").orElse(null));
        HttpResponse<String> wrong = visitor.send(
                "GET",
                API + "deployments",
                null,
                "Authorization",
                OctoClient.basic("admin", "wrong"),
                "Accept",
                "application/json;charset=utf-8");
        // Core’s own answer, given before any plugin is asked; with what octo accepts, its server adds no page to it.
        assertEquals(401, wrong.statusCode());
        assertEquals("", wrong.body());
    }

    private void shuttingDown(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.doQuietDown();
        try {
            assertError(405, "Jenkins is about to shut down", ask("POST", API + "deployments", NOTHING));
            assertError(405, "Jenkins is about to shut down", ask("DELETE", API + "deployments/idle", null));
            assertEquals(200, ask("GET", API + "deployments", null).statusCode());
        } finally {
            jenkins.jenkins.doCancelQuietDown();
        }
    }

    @Test
    void oneNameForOneStagingForEver(JenkinsRule jenkins) throws Exception {
        prepare(jenkins);
        SecuritySettings.get().setMaxWaitingRequests(100);
        SecuritySettings.get().setMaxWaitingRequestsPerUser(100);
        hundredAtOnce();
        oldLinks(jenkins);
    }

    private void hundredAtOnce() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(100);
        try {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(clients.submit(() -> ask("POST", API + "deployments", NOTHING)));
            }
            int accepted = 0;
            for (Future<HttpResponse<String>> answer : answers) {
                if (answer.get().statusCode() == 200) {
                    accepted++;
                } else {
                    assertNameError("he staging", answer.get());
                }
            }
            assertEquals(1, accepted);
        } finally {
            clients.shutdownNow();
        }
        TestProject.await("a1 to settle", () -> project.staging("a1").isBusy() ? null : "settled");
        assertEquals(1, project.staging("a1").getBuilds().size());
    }

    private void oldLinks(JenkinsRule jenkins) throws Exception {
        JsonNode log = json(ask("GET", API + "deployments/a1/info", null))
                .get(0)
                .path("logs")
                .get(0);
        long id = log.path("action_id").asLong();
        String printed = ask("GET", API + "log/" + id, null).body();
        assertEquals("{\"stdout\":{\"un_stdout\":\"created\\n\"},\"stderr\":{\"un_stderr\":\"\"}}", printed);
        project.finished(project.submit(Kind.ARCHIVE, "a1"));
        assertEquals(printed, ask("GET", API + "log/" + id, null).body(), "of an archived one");

        project.project.renameTo("renamed");
        assertError(404, "There is no such project", ask("GET", API + "log/" + id, null));
        assertError(404, "There is no such project", ask("DELETE", API + "deployments/a1/cleanup", null));
        String renamed = API.replace("demo", "renamed");
        assertEquals(printed, ask("GET", renamed + "log/" + id, null).body(), "of a renamed project");

        assertEquals(200, ask("DELETE", renamed + "deployments/a1/delete", null).statusCode());
        assertError(404, "There is no action", ask("GET", renamed + "log/" + id, null));
        assertError(404, "There is no staging “a1”", ask("GET", renamed + "deployments/a1/full_info", null));
        assertEquals("[]", ask("GET", renamed + "deployments", null).body());

        long next = ActionIdCodec.of(project.finished(project.submit(Kind.CREATE, "a1")));
        assertNotEquals(id, next);
        assertError(404, "There is no action", ask("GET", renamed + "log/" + id, null));
        assertNull(jenkins.jenkins.getItem("demo"));
    }

    private HttpResponse<String> ask(String method, String url, String body) throws Exception {
        return body == null
                ? visitor.send(method, url, null, "Authorization", authorization)
                : visitor.send(
                        method,
                        url,
                        body,
                        "Authorization",
                        authorization,
                        "Content-Type",
                        "application/json;charset=utf-8");
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        assertTrue(
                answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json"),
                () -> answer + answer.body());
        return new ObjectMapper().readTree(answer.body());
    }

    private static void assertError(int status, String told, HttpResponse<String> answer) throws Exception {
        assertEquals(status, answer.statusCode(), () -> answer + answer.body());
        JsonNode form = json(answer);
        assertEquals(2, form.size(), answer.body());
        assertEquals("AppError", form.path("tag").asText(), answer.body());
        assertTrue(form.path("error_message").asText().contains(told), answer + answer.body());
    }

    private static void assertNameError(String told, HttpResponse<String> answer) throws Exception {
        assertEquals(400, answer.statusCode(), () -> answer + answer.body());
        JsonNode form = json(answer);
        assertEquals("ValidationError", form.path("tag").asText(), answer.body());
        assertEquals(1, form.path("name_field").size(), answer.body());
        assertTrue(form.path("name_field").get(0).asText().contains(told), answer.body());
    }
}
