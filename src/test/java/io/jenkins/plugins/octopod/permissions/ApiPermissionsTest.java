package io.jenkins.plugins.octopod.permissions;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.User;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.OctoClient;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.queue.ActionIdCodec;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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

    private enum Way {
        TOKEN,
        CRUMB,
        NO_CRUMB
    }

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
        List<Executable> failed = new ArrayList<>();
        for (Role role : Role.values()) {
            Visitor session = role.visit(jenkins);
            boolean anonymous = role.isAnonymous();
            String token = anonymous
                    ? null
                    : OctoClient.basic(
                            role.userId(), jenkins.createApiToken(User.getOrCreateByIdOrFullName(role.userId())));
            for (Row row : ROWS) {
                for (Way way : Way.values()) {
                    if (anonymous && way == Way.TOKEN) {
                        continue;
                    }
                    try {
                        check(row, role, way, way == Way.TOKEN ? Visitor.anonymous(jenkins) : session, token);
                    } catch (AssertionError e) {
                        failed.add(() -> {
                            throw e;
                        });
                    }
                }
            }
        }
        scene.end();
        assertAll(failed);
    }

    private void check(Row row, Role role, Way way, Visitor visitor, String token) throws Exception {
        String what = row.method() + ' ' + row.call() + " as " + role + " with " + way;
        boolean allowed = PermissionRow.isAmong(role, row.allowed());
        boolean crumbMissing = row.isChanging() && way == Way.NO_CRUMB;
        // Those who may not, or have no crumb, ask for what would be done otherwise.
        boolean refused = !allowed || crumbMissing;
        String before = scene.state();
        HttpResponse<String> answer =
                ask(row, refused ? "idle" : "busy", refused ? "other" : "idle", way, visitor, token);
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

    private HttpResponse<String> ask(Row row, String name, String newName, Way way, Visitor visitor, String token)
            throws Exception {
        List<String> headers = new ArrayList<>();
        if (row.body() != null) {
            headers.addAll(List.of("Content-Type", "application/json;charset=utf-8"));
        }
        if (way == Way.TOKEN) {
            headers.addAll(List.of("Authorization", token));
        }
        if (way == Way.CRUMB) {
            headers.addAll(Arrays.asList(Visitor.crumb()));
        }
        return visitor.send(
                row.method(),
                "job/demo/octopod/api/v1/"
                        + row.call().replace("{name}", name).replace("{action}", Long.toString(action)),
                row.body() == null ? null : row.body().replace("{new}", newName),
                headers.toArray(new String[0]));
    }
}
