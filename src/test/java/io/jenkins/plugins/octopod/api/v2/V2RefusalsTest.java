package io.jenkins.plugins.octopod.api.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Result;
import io.jenkins.plugins.octopod.api.Route;
import io.jenkins.plugins.octopod.api.v2.http.V2Request;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.OpenApiClient;
import io.jenkins.plugins.octopod.fixtures.RefusalScene;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What can’t be done is refused as a problem, with the right status and a sentence, and nothing has happened then. */
@WithSharedJenkins
class V2RefusalsTest {

    private static final String API = "stagings/api/v2/";
    private static final String STAGINGS = API + "projects/demo/stagings";
    private static final String IDLE = STAGINGS + "/idle";
    private static final String OVERRIDES = "{\"deployment\":[],\"application\":[]}";
    private static final String NEW = "{\"name\":\"a1\",\"overrides\":" + OVERRIDES + '}';

    @TempDir
    private Path directory;

    private TestProject project;
    private Visitor visitor;
    private String authorization;

    private void prepare(JenkinsRule jenkins) throws Exception {
        RefusalScene scene = new RefusalScene(
                jenkins,
                new ScriptDirectory(directory.resolve("scripts"))
                        .with(ControlScript.INFO, "echo '\"<b>&\",javascript:alert(1)'"));
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
        otherMethods();
        wrongBodies();
        wrongConfigurations();
        againstTheRules();
        hostileContent(jenkins);
        notLoggedIn();
        aborted(busy);
        shuttingDown(jenkins);
        assertEquals(
                List.of("busy", "idle"),
                TestProject.files(project.project.getRootDir().toPath().resolve("jobs")));
        // Last, as its connection is closed.
        String tooLong = NEW.replace("[]}}", "[]}" + " ".repeat(1 << 20) + "}");
        assertProblem(413, "1 MB", ask("POST", STAGINGS, tooLong));
    }

    private void wrongAddresses() throws Exception {
        for (String none : new String[] {
            "stagings/api/",
            "stagings/api/v1/stagings",
            "stagings/api/v3",
            "stagings/api/v2",
            API + "nothing",
            API + "projects/demo/nothing",
            IDLE + "/nothing",
            IDLE + "/operations/x/nothing",
            IDLE + "/overrides/more",
            "stagings/api/urlName"
        }) {
            assertProblem(404, "There is nothing at", ask("GET", none, null));
        }
        for (String none : new String[] {"none", "Demo", "demo:idle", ":demo", "demo:", "none%20such", "a%3Cb%3E"}) {
            assertProblem(404, "There is no project “", ask("GET", API + "projects/" + none, null));
            assertProblem(404, "There is no project “", ask("GET", API + "projects/" + none + "/stagings", null));
            assertProblem(404, "There is no project “", ask("POST", API + "projects/" + none + "/stagings", NEW));
        }
        for (Route<V2Request> route : Routes.ALL) {
            String path = String.join("/", route.path());
            if (path.contains("{name}")) {
                String body = List.of("PUT", "PATCH").contains(route.method()) ? OVERRIDES : null;
                String address = API
                        + path.replace("{project}", "demo")
                                .replace("{name}", "none")
                                .replace("{id}", "1");
                HttpResponse<String> answer = ask(route.method(), address, body);
                assertProblem(404, "of staging “none”", "There is no staging “none” in project “demo”", answer);
            }
        }
        for (String name : new String[] {"none%20such", "Idle", "idle%3Cb%3E"}) {
            assertProblem(404, "There is no staging “", ask("GET", STAGINGS + '/' + name, null));
        }
        assertProblem(404, "There is no operation x", ask("GET", IDLE + "/operations/x", null));
        assertProblem(404, "There is no operation x", ask("POST", IDLE + "/operations/x/abort", null));
    }

    private void wrongMethods() throws Exception {
        for (Route<V2Request> there : Routes.ALL) {
            TreeSet<String> allowed = new TreeSet<>(List.of("OPTIONS"));
            for (Route<V2Request> other : Route.at(there.path(), Routes.ALL)) {
                allowed.addAll(other.method().equals("GET") ? List.of("GET", "HEAD") : List.of(other.method()));
            }
            String address = API
                    + String.join("/", there.path())
                            .replace("{project}", "demo")
                            .replace("{name}", "idle")
                            .replace("{id}", "1");
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND")) {
                if (!allowed.contains(method)) {
                    HttpResponse<String> answer = ask(method, address, null);
                    assertProblem(405, method + " isn’t allowed for “", answer);
                    assertEquals(allowed, allowed(answer), address);
                }
            }
            HttpResponse<String> options = ask("OPTIONS", address, null);
            assertEquals(204, options.statusCode());
            assertEquals(allowed, allowed(options), address);
        }
    }

    private static TreeSet<String> allowed(HttpResponse<String> answer) {
        return new TreeSet<>(
                List.of(answer.headers().firstValue("Allow").orElse("").split(", ")));
    }

    private void otherMethods() throws Exception {
        TestProject.await(
                "what there is to stay the same",
                () -> ask("GET", IDLE, null).body().contains("\"loading\"") ? null : "known");
        for (String address : new String[] {API + "stagings", IDLE, IDLE + "/overrides", API + "openapi.yaml"}) {
            HttpResponse<String> get = ask("GET", address, null);
            HttpResponse<String> head = ask("HEAD", address, null);
            assertEquals(200, head.statusCode());
            assertEquals("", head.body());
            for (String header : new String[] {"Content-Type", "Content-Length", "ETag"}) {
                assertEquals(get.headers().firstValue(header), head.headers().firstValue(header), header);
            }
        }
        StagingRun run = project.staging("idle").getLastBuild();
        String log = IDLE + "/operations/" + run.parameters().getRequestId() + "/log";
        HttpResponse<String> head = ask("HEAD", log, null);
        assertEquals(
                Integer.toString(ask("GET", log, null).body().getBytes(StandardCharsets.UTF_8).length),
                head.headers().firstValue("Content-Length").orElse(""));
    }

    private void wrongBodies() throws Exception {
        for (String type : new String[] {
            null, "text/plain", Visitor.FORM, "application/json;charset=iso-8859-1", "application/merge-patch+json"
        }) {
            String[] headers = type == null
                    ? new String[] {"Authorization", authorization}
                    : new String[] {"Authorization", authorization, "Content-Type", type};
            assertProblem(415, "Content-Type: application/json", visitor.send("POST", STAGINGS, NEW, headers));
            for (String method : new String[] {"PUT", "PATCH"}) {
                assertProblem(
                        415,
                        "Content-Type: application/json",
                        visitor.send(method, IDLE + "/overrides", OVERRIDES, headers));
            }
        }
        assertProblem(400, "it isn’t JSON", ask("POST", STAGINGS, "{"));
        assertProblem(
                400,
                "there is no field “name”",
                ask("PUT", IDLE + "/overrides", OVERRIDES.replaceFirst("\\{", "{\"name\":\"a1\",")));
        assertProblem(400, "there is no field “wait”", ask("POST", STAGINGS, NEW.replaceFirst("\\{", "{\"wait\":1,")));
        assertProblem(400, "\"name\" and \"overrides\"", ask("POST", STAGINGS, "{\"name\":\"a1\"}"));
        assertProblem(400, "\"application\" must be", ask("PUT", IDLE + "/overrides", "{\"deployment\":[]}"));
        for (String override : new String[] {
            "{}",
            "{\"key\":\"A\"}",
            "{\"key\":\"A\",\"value\":null}",
            "{\"key\":\"A\",\"value\":\"x\",\"removed\":true}",
            "{\"value\":\"x\"}",
            "null",
            "{\"key\":\"A\",\"value\":5}",
            "{\"key\":\"A\",\"removed\":\"true\"}",
            "[\"A\",\"x\"]"
        }) {
            String body = "{\"deployment\":[],\"application\":[" + override + "]}";
            assertProblem(400, "A valid example is", ask("PATCH", IDLE + "/overrides", body));
        }
        for (String lifetime : new String[] {
            "{}",
            "{\"pinned\":null}",
            "{\"pinned\":\"true\"}",
            "{\"pinned\":true,\"expiryDays\":-1}",
            "{\"pinned\":true,\"expiryDays\":1.5}",
            "{\"pinned\":true,\"expiryDays\":1000000000}",
            "{\"pinned\":true,\"expiryDate\":\"tomorrow\"}",
            "{\"pinned\":true,\"expiryDate\":\"+999999999-01-01T00:00:00Z\"}",
            "{\"pinned\":true,\"expiryDays\":1,\"expiryDate\":\"2199-01-01T00:00:00Z\"}"
        }) {
            assertProblem(400, "A valid example is", ask("PUT", IDLE + "/lifetime", lifetime));
        }
        assertProblem(400, "isn’t allowed for this call", sendIfMatch("PUT", IDLE + "/lifetime", "{\"pinned\":true}"));
        HttpResponse<String> past =
                ask("PUT", IDLE + "/lifetime", "{\"pinned\":true,\"expiryDate\":\"2001-01-01T00:00:00Z\"}");
        assertProblem(422, "choose a future one", past);
        assertFalse(project.staging("idle").isPinned());
        for (String note : new String[] {"{}", "{\"text\":null}", "{\"text\":1}", "\"text\""}) {
            assertProblem(400, "A valid example is", ask("PUT", IDLE + "/note", note));
        }
        assertProblem(400, "isn’t allowed for this call", sendIfMatch("PUT", IDLE + "/note", "{\"text\":\"x\"}"));
        String tooLong = "{\"text\":\"" + "x".repeat(201) + "\"}";
        assertProblem(422, "A note has at most 200 characters", ask("PUT", IDLE + "/note", tooLong));
        assertProblem(422, "U+0007", ask("PUT", IDLE + "/note", "{\"text\":\"a\\u0007\"}"));
        assertNull(project.staging("idle").note());
        for (String call : new String[] {"/archive", "/restore", "/cleanup", "/redeploy"}) {
            assertProblem(400, "takes no body", ask("POST", IDLE + call, "{}"));
            assertProblem(400, "takes no query parameters", ask("POST", IDLE + call + "?force=true", null));
        }
        assertProblem(400, "takes no body", ask("DELETE", IDLE, "{}"));
        assertProblem(400, "There is no parameter “page” here", ask("GET", API + "stagings?page=2", null));
        assertProblem(400, "more than once", ask("GET", API + "stagings?limit=2&limit=3", null));
        assertProblem(400, "isn’t allowed for this call", sendIfMatch("POST", STAGINGS, NEW));
        assertProblem(400, "isn’t allowed for this call", sendIfMatch("DELETE", IDLE, null));
    }

    private HttpResponse<String> sendIfMatch(String method, String address, String body) throws Exception {
        return visitor.send(
                method,
                address,
                body,
                "Authorization",
                authorization,
                "Content-Type",
                "application/json",
                "If-Match",
                "\"x\"");
    }

    private void wrongConfigurations() throws Exception {
        for (String name : new String[] {"", "a", "A1", "1a", "a-", "a_b", "seventeen-letters", "a/b", "ä1"}) {
            HttpResponse<String> refused = ask("POST", STAGINGS, NEW.replace("a1", name));
            assertProblem(422, "ame", refused);
            assertType("invalid-name", refused);
        }
        HttpResponse<String> taken = ask("POST", STAGINGS, NEW.replace("a1", "idle"));
        assertProblem(409, "The staging is running", taken);
        assertType("exists", taken);
        String noKey = "{\"deployment\":[],\"application\":[{\"key\":\"..\",\"removed\":true}]}";
        HttpResponse<String> input = ask("PUT", IDLE + "/overrides", noKey);
        assertProblem(422, "An override has no key", input);
        assertType("invalid-input", input);
        for (String unstorable : new String[] {"0000", "0001", "001B", "D83D", "FFFE"}) {
            String value = "{\"deployment\":[],\"application\":[{\"key\":\"a\",\"value\":\"\\u" + unstorable + "\"}]}";
            HttpResponse<String> refused = ask("PATCH", IDLE + "/overrides", value);
            assertProblem(422, "The value of “a” has the character U+" + unstorable + " in it", refused);
            assertType("invalid-input", refused);
        }
        String bad = "{\"deployment\":[],\"application\":[{\"key\":\"bad\",\"value\":\"x\"}]}";
        HttpResponse<String> checked = ask("PATCH", IDLE + "/overrides", bad);
        assertProblem(422, "DEBUG can't be <bad>", checked);
        assertType("config-check", checked);
    }

    private void againstTheRules() throws Exception {
        String busy = STAGINGS + "/busy";
        for (String call : new String[] {"/archive", "/restore", "/cleanup", "/redeploy"}) {
            assertProblem(409, "The staging “busy” is being created", ask("POST", busy + call, null));
        }
        assertProblem(409, "The staging “busy” is being created", ask("PUT", busy + "/overrides", OVERRIDES));
        assertProblem(409, "The staging “busy” is being created", ask("DELETE", busy, null));
        HttpResponse<String> running = ask("POST", IDLE + "/cleanup", null);
        assertProblem(409, "The staging is running", running);
        assertType("not-now", running);
        StagingRun run = project.staging("idle").getLastBuild();
        String done = IDLE + "/operations/" + run.parameters().getRequestId();
        assertProblem(409, "There is nothing to abort", ask("POST", done + "/abort", null));
    }

    private void hostileContent(JenkinsRule jenkins) throws Exception {
        OpenApiClient client = new OpenApiClient(jenkins.getURL(), authorization);
        OpenApiClient.OpenApiResponse staging = client.call("getStaging")
                .with("project", "demo")
                .with("name", "idle")
                .send()
                .expect(200);
        JsonNode link = staging.json().path("links").path(0);
        assertEquals("<b>&", link.path("name").asText());
        assertFalse(link.path("safe").asBoolean(true));
        assertEquals("nosniff", staging.header("X-Content-Type-Options"));
        String hostile = "</script><img src=x onerror=alert(1)> \u0001\u202e\n;rm -rf /";
        String body = new ObjectMapper().writeValueAsString(hostile);
        HttpResponse<String> refused = ask("POST", STAGINGS, "{\"name\":" + body + ",\"overrides\":" + OVERRIDES + '}');
        assertProblem(422, "ame", refused);
        assertProblem(404, "There is no project “<script>”", ask("GET", API + "projects/%3Cscript%3E", null));
    }

    private void notLoggedIn() throws Exception {
        for (String[] call : new String[][] {
            {"GET", API + "stagings"}, {"GET", API + "openapi.yaml"}, {"GET", IDLE}, {"GET", API + "nothing"}
        }) {
            HttpResponse<String> anonymous = visitor.send(call[0], call[1], null);
            assertProblem(401, "You aren’t logged in", anonymous);
            assertEquals(
                    "Basic realm=\"Jenkins\"",
                    anonymous.headers().firstValue("WWW-Authenticate").orElse(null));
        }
    }

    private void aborted(AcceptedRequest busy) throws Exception {
        String operation = STAGINGS + "/busy/operations/" + busy.requestId();
        HttpResponse<String> aborted = ask("POST", operation + "/abort", null);
        assertEquals(202, aborted.statusCode(), aborted.body());
        assertTrue(aborted.headers().firstValue("Location").orElse("").endsWith(operation), aborted.toString());
        assertEquals(Result.ABORTED, project.finished(busy).getResult());
        JsonNode ended = new ObjectMapper().readTree(ask("GET", operation, null).body());
        assertEquals("aborted", ended.path("state").asText(), ended.toString());
        assertTrue(ended.path("exitCode").isNull(), ended.toString());
    }

    private void shuttingDown(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.doQuietDown();
        try {
            HttpResponse<String> refused = ask("POST", STAGINGS, NEW);
            assertProblem(503, "Jenkins is about to shut down", refused);
            assertType("shutting-down", refused);
            assertTrue(refused.headers().firstValue("Retry-After").isPresent());
            assertEquals(200, ask("GET", API + "stagings", null).statusCode());
        } finally {
            jenkins.jenkins.doCancelQuietDown();
        }
    }

    private HttpResponse<String> ask(String method, String url, String body) throws Exception {
        return body == null
                ? visitor.send(method, url, null, "Authorization", authorization)
                : visitor.send(method, url, body, "Authorization", authorization, "Content-Type", "application/json");
    }

    private static void assertType(String type, HttpResponse<String> answer) throws Exception {
        String told = new ObjectMapper().readTree(answer.body()).path("type").asText();
        assertTrue(told.endsWith("/docs/api.md#problem-" + type), told);
    }

    private static void assertProblem(int status, String told, HttpResponse<String> answer) throws Exception {
        assertProblem(status, told, told, answer);
    }

    private static void assertProblem(int status, String told, String orTold, HttpResponse<String> answer)
            throws Exception {
        String all = answer + answer.body();
        assertEquals(status, answer.statusCode(), all);
        assertTrue(answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json"), all);
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertEquals(4, problem.size(), all);
        assertEquals(status, problem.path("status").asInt(), all);
        assertFalse(problem.path("title").asText().isEmpty(), all);
        String detail = problem.path("detail").asText();
        assertTrue(detail.contains(told) || detail.contains(orTold), all);
    }
}
