package io.jenkins.plugins.octopod.permissions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.queue.ActionIdCodec;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Each call of the API, asked by each {@link Role}: with an API token, in a session with a crumb, and in one without. */
@WithSharedJenkins
class ApiPermissionsTest {

    private static final Set<Role> CONFIGURERS =
            EnumSet.of(Role.LOG_READER, Role.DEPLOYER, Role.CREATOR, Role.PROJECT_ADMIN);

    private static final String UPDATE = "{\"app_overrides\":[],\"deployment_overrides\":[]}";

    /**
     * A call. What would change something is asked of a busy staging by those who may, so that the rules refuse it; and of an
     * idle one by those who may not, so that it would have an effect.
     *
     * @param status that those get who may
     * @param telling what those are told who may, and nobody else
     */
    record Row(String method, String call, String body, Set<Role> allowed, int status, String telling) {

        boolean isChanging() {
            return !method.equals("GET");
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("GET", "deployments", null, Role.READERS, 200, "\"name\":\"idle\""),
            new Row(
                    "POST",
                    "deployments",
                    "{\"name\":\"{new}\"," + UPDATE.substring(1),
                    Role.CREATORS,
                    400,
                    "Validation"),
            new Row("DELETE", "deployments/{name}", null, Role.DEPLOYERS, 409, "being created"),
            new Row("PUT", "deployments/{name}", UPDATE, Role.DEPLOYERS, 409, "being created"),
            new Row("GET", "deployments/idle/info", null, Role.READERS, 200, "CreateAction"),
            new Row("GET", "deployments/idle/full_info", null, Role.READERS, 200, "Running"),
            new Row("GET", "deployments/idle/status", null, Role.READERS, 200, "{\"status\":\"Ok\"}"),
            new Row("DELETE", "deployments/{name}/cleanup", null, Role.CLEANERS, 409, "being created"),
            new Row("PATCH", "deployments/{name}/restore", null, Role.DEPLOYERS, 409, "being created"),
            new Row("DELETE", "deployments/{name}/delete", null, Role.CLEANERS, 409, "being created"),
            new Row("GET", "log/{action}", null, Role.LOG_READERS, 200, "printed by create"),
            new Row("GET", "deployment_override_keys", null, CONFIGURERS, 200, "[\"secret\"]"),
            new Row("GET", "deployment_overrides", null, CONFIGURERS, 200, "[[\"secret\",\"s3cret\"]]"),
            new Row("POST", "application_override_keys", "[]", CONFIGURERS, 200, "[\"secret\"]"),
            new Row("POST", "application_overrides", "[]", CONFIGURERS, 200, "[[\"secret\",\"s3cret\"]]"),
            new Row("GET", "ping", null, Role.READERS, 200, "octopod"),
            new Row("GET", "project_name", null, Role.READERS, 200, "\"demo\""));

    @TempDir
    private Path directory;

    private PermissionScene scene;
    private long action;

    private void prepare(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        for (ControlScript keys :
                new ControlScript[] {ControlScript.DEPLOYMENT_CONFIG_KEYS, ControlScript.APPLICATION_CONFIG_KEYS}) {
            scripts.with(keys, "echo secret");
        }
        for (ControlScript defaults :
                new ControlScript[] {ControlScript.DEPLOYMENT_CONFIG, ControlScript.APPLICATION_CONFIG}) {
            scripts.with(defaults, "echo secret,s3cret");
        }
        scene = new PermissionScene(jenkins, scripts);
        action = ActionIdCodec.of(scene.project.finished(scene.done));
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

    private void check(Row row, ApiCaller caller) throws Exception {
        Role role = caller.role;
        String what = row.method() + ' ' + row.call() + " as " + caller;
        boolean allowed = PermissionRow.isAmong(role, row.allowed());
        boolean crumbMissing = row.isChanging() && caller.way == ApiCaller.Way.NO_CRUMB;
        // Those who may not, or have no crumb, ask for what would be done otherwise.
        boolean refused = !allowed || crumbMissing;
        String before = scene.state();
        HttpResponse<String> answer = ask(row, refused ? "idle" : "busy", refused ? "other" : "idle", caller);
        String told = what + ": " + answer.statusCode() + ' ' + answer.body();
        assertEquals(
                crumbMissing ? uncrumbed(row, role) : allowed ? row.status() : refusal(role),
                answer.statusCode(),
                told);
        assertEquals(!refused, answer.body().contains(row.telling()), told);
        if (refused) {
            assertFalse(answer.body().contains("<html"), told);
            JsonNode form = new ObjectMapper().readTree(answer.body());
            assertEquals("AppError", form.path("tag").asText(), told);
            assertFalse(form.path("error_message").asText().isEmpty(), told);
        }
        String type = answer.headers().firstValue("Content-Type").orElse("");
        boolean text = row.call().equals("ping") && answer.statusCode() == 200;
        assertTrue(type.startsWith(text ? "text/plain" : "application/json"), what + ": " + type);
        assertEquals(before, scene.state(), what);
    }

    /** A POST without a crumb is refused before anybody looks who asks for what. */
    private static int uncrumbed(Row row, Role role) {
        return row.method().equals("POST") || Role.READERS.contains(role) ? 403 : refusal(role);
    }

    private static int refusal(Role role) {
        return switch (role) {
            case ANONYMOUS, ANONYMOUS_READER -> 401;
            case STRANGER -> 404;
            default -> 403;
        };
    }

    private HttpResponse<String> ask(Row row, String name, String newName, ApiCaller caller) throws Exception {
        return caller.send(
                row.method(),
                "job/demo/octopod/api/v1/"
                        + row.call().replace("{name}", name).replace("{action}", Long.toString(action)),
                row.body() == null ? null : row.body().replace("{new}", newName));
    }
}
