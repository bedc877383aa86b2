package io.jenkins.plugins.octopod.permissions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.OpenApi;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Each call of the API over all projects, asked by each {@link Role}: with an API token, in a session with a crumb, and in one
 * without.
 */
@WithSharedJenkins
class V2PermissionsTest {

    private static final String OVERRIDES = "{\"deployment\":[],\"application\":[]}";

    /**
     * A call. What would change something is asked of a staging with which it can’t be done by those who may, so that the rules
     * refuse it; and of one with which it can by those who may not, so that it would have an effect.
     *
     * @param status that those get who may
     * @param telling what those are told who may, and nobody else
     */
    record Row(String operation, Set<Role> allowed, int status, String telling, String body) {

        Row(String operation, Set<Role> allowed, int status, String telling) {
            this(operation, allowed, status, telling, null);
        }

        /** Others aren’t refused, but told less. */
        boolean isQuiet() {
            return operation.equals("listProjects") || operation.equals("listStagings");
        }

        boolean isAbort() {
            return operation.equals("abortOperation");
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("describeInYaml", Role.USERS, 200, "openapi: 3.1.0"),
            new Row("describeInJson", Role.USERS, 200, "\"openapi\":\"3.1.0\""),
            new Row("listProjects", Role.READERS, 200, "\"fullName\":\"demo\""),
            new Row("getProject", Role.READERS, 200, "\"fullName\":\"demo\""),
            new Row("listStagings", Role.READERS, 200, "\"name\":\"idle\""),
            new Row("listStagingsOfProject", Role.READERS, 200, "\"name\":\"idle\""),
            new Row(
                    "createStaging",
                    Role.CREATORS,
                    409,
                    "The name is taken",
                    "{\"name\":\"{new}\",\"overrides\":" + OVERRIDES + '}'),
            new Row("getStaging", Role.READERS, 200, "\"status\":\"Running\""),
            new Row("forgetStaging", Role.CLEANERS, 409, "being created"),
            new Row("getOverrides", Role.READERS, 200, "\"deployment\""),
            new Row("replaceOverrides", Role.DEPLOYERS, 409, "being created", OVERRIDES),
            new Row("mergeOverrides", Role.DEPLOYERS, 409, "being created", OVERRIDES),
            new Row("getLifetime", Role.READERS, 200, "\"expiryDays\""),
            new Row(
                    "replaceLifetime",
                    Role.DEPLOYERS,
                    422,
                    "choose a future one",
                    "{\"pinned\":true,\"expiryDate\":\"{date}\"}"),
            new Row("replaceNote", Role.DEPLOYERS, 422, "shorten it", "{\"text\":\"{note}\"}"),
            new Row("confirmScriptEnded", Role.CANCELLERS, 200, "\"unclear\":null"),
            new Row("redeployStaging", Role.DEPLOYERS, 409, "being created"),
            new Row("archiveStaging", Role.DEPLOYERS, 409, "being created"),
            new Row("restoreStaging", Role.DEPLOYERS, 409, "being created"),
            new Row("cleanUpStaging", Role.CLEANERS, 409, "being created"),
            new Row("listOperations", Role.READERS, 200, "\"action\":\"create\""),
            new Row("getOperation", Role.READERS, 200, "\"action\":\"create\""),
            new Row("abortOperation", Role.CANCELLERS, 409, "nothing to abort"),
            new Row("redeployAsInOperation", Role.DEPLOYERS, 409, "being created"),
            new Row("readLog", Role.LOG_READERS, 200, "printed by create"));

    @TempDir
    private Path directory;

    private final OpenApi api = new OpenApi();
    private PermissionScene scene;

    private void prepare(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        for (ControlScript defaults :
                new ControlScript[] {ControlScript.DEPLOYMENT_CONFIG, ControlScript.APPLICATION_CONFIG}) {
            scripts.with(defaults, "echo secret,s3cret");
        }
        scene = new PermissionScene(jenkins, scripts);
    }

    @Test
    void noCallIsForgotten() {
        List<String> described =
                api.operations().stream().map(OpenApi.Operation::id).sorted().toList();
        assertEquals(described, ROWS.stream().map(Row::operation).sorted().toList());
    }

    @Test
    void everyRoleMayWhatItIsToAndNothingElse(JenkinsRule jenkins) throws Exception {
        prepare(jenkins);
        CheckList checks = new CheckList();
        for (Role role : Role.values()) {
            List<ApiCaller> callers = ApiCaller.of(role, jenkins);
            for (Row row : ROWS) {
                for (ApiCaller caller : callers) {
                    checks.run(() -> check(row, caller));
                }
            }
        }
        scene.end();
        checks.assertPassed();
    }

    /** They are what a script has printed. */
    @Test
    void defaultsAreForThoseWhoMayReadLogs(JenkinsRule jenkins) throws Exception {
        prepare(jenkins);
        String address = "stagings/api/v2/projects/demo/stagings/idle";
        Visitor logReader = Role.LOG_READER.visit(jenkins);
        TestProject.await(
                "the defaults to be known", () -> logReader.get(address).body().contains("s3cret") ? "" : null);
        String hidden = Role.READER.visit(jenkins).get(address).body();
        assertTrue(hidden.contains("\"defaults\":\"hidden\""), hidden);
        assertFalse(hidden.contains("s3cret"), hidden);
        scene.end();
    }

    private void check(Row row, ApiCaller caller) throws Exception {
        Role role = caller.role;
        String method = api.operation(row.operation()).method();
        boolean allowed = PermissionRow.isAmong(role, row.allowed());
        boolean crumbMissing = !method.equals("GET") && caller.way == ApiCaller.Way.NO_CRUMB;
        // Those who may not, or have no crumb, ask for what would be done otherwise.
        boolean refused = !allowed || crumbMissing;
        String before = scene.state();
        HttpResponse<String> answer = ask(row, method, refused, caller);
        String told = row.operation() + " as " + caller + ": " + answer.statusCode() + answer.body();
        int expected = crumbMissing ? uncrumbed(method, role) : allowed ? row.status() : refusal(row, role);
        assertEquals(expected, answer.statusCode(), told);
        assertEquals(!refused, answer.body().contains(row.telling()), told);
        if (answer.statusCode() >= 400) {
            String type = answer.headers().firstValue("Content-Type").orElse("");
            assertTrue(type.startsWith("application/problem+json"), told + type);
            JsonNode problem = new ObjectMapper().readTree(answer.body());
            assertEquals(answer.statusCode(), problem.path("status").asInt(), told);
            assertFalse(problem.path("detail").asText().isEmpty(), told);
        }
        assertEquals(before, scene.state(), told);
    }

    /** Whoever may use Jenkins at all is told of the crumb; a POST is refused for it before anybody looks who asks. */
    private static int uncrumbed(String method, Role role) {
        return method.equals("POST") || role != Role.ANONYMOUS ? 403 : 401;
    }

    private static int refusal(Row row, Role role) {
        return switch (role) {
            case ANONYMOUS, ANONYMOUS_READER -> 401;
            case STRANGER -> row.isQuiet() ? 200 : 404;
            default -> 403;
        };
    }

    private HttpResponse<String> ask(Row row, String method, boolean refused, ApiCaller caller) throws Exception {
        boolean changing = !method.equals("GET");
        // An operation that is done can’t be aborted, and nothing else be done with what is busy.
        AcceptedRequest about = changing && refused == row.isAbort() ? scene.going : scene.done;
        String path = api.operation(row.operation())
                .path()
                .replace("{project}", "demo")
                .replace("{name}", about.staging().getName())
                .replace("{id}", about.requestId());
        return caller.send(
                method,
                "stagings/api/v2" + path,
                row.body() == null
                        ? null
                        : row.body()
                                .replace("{new}", refused ? "other" : "idle")
                                .replace("{note}", refused ? "mine" : "x".repeat(201))
                                .replace("{date}", refused ? "2199-01-01T00:00:00Z" : "2001-01-01T00:00:00Z"));
    }
}
