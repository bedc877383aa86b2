package io.jenkins.plugins.octopod.permissions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.cli.CLICommand;
import hudson.cli.CLICommandInvoker;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.Permission;
import io.jenkins.plugins.octopod.fixtures.OctoClient;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** Whoever may see a project and not a staging in it gets the same answers as if the staging weren’t there. */
@WithSharedJenkins
class HiddenStagingTest {

    private static final String HIDDEN = "hidden";
    private static final String ABSENT = "absent";
    private static final String LONG_HIDDEN = "hidden-longer";
    private static final String LONG_ABSENT = "absent-longer";

    /** Looks like what the name of a branch is turned into. */
    private static final String HASHED_HIDDEN = "fix-bcdfgh";

    private static final String HASHED_ABSENT = "fox-bcdfgh";

    private static final String EMPTY = "{\"app_overrides\":[],\"deployment_overrides\":[]}";
    private static final String OVERRIDES = "{\"application\":[],\"deployment\":[]}";

    @TempDir
    private Path directory;

    private final Map<String, String> logins = new HashMap<>();
    private final Map<String, Visitor> visitors = new HashMap<>();
    private JenkinsRule jenkins;
    private TestProject demo;

    private record Call(String method, String path, String body) {
        Call named(String name) {
            return new Call(method, path.replace("NAME", name), body == null ? null : body.replace("NAME", name));
        }
    }

    @BeforeEach
    void project(JenkinsRule rule) throws Exception {
        jenkins = rule;
        demo = TestProject.withScripts(rule, new ScriptDirectory(directory.resolve("scripts")).path());
        demo.connectAgent("agent");
        for (String name : List.of(HIDDEN, LONG_HIDDEN, HASHED_HIDDEN)) {
            demo.finished(demo.submit(Kind.CREATE, name));
        }
        demo.project.setMaxNameLength(10);
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        Permission[] all = {Item.READ, Item.BUILD, Item.DELETE, Item.CANCEL, Item.CONFIGURE, Item.EXTENDED_READ};
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "deployer", "creator", "builder")
                .grant(Item.READ)
                .onItems(demo.project)
                .to("reader", "deployer", "creator", "builder")
                .grant(all)
                .onItems(demo.project)
                .to("deployer")
                .grant(Item.CREATE)
                .onItems(demo.project)
                .to("creator")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("seer"));
        for (String user : List.of("reader", "deployer", "creator", "seer")) {
            logins.put(user, OctoClient.basic(user, rule.createApiToken(User.getById(user, true))));
            visitors.put(user, Visitor.anonymous(rule));
        }
    }

    private static List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        String v1 = "job/demo/octopod/api/v1/deployments/NAME";
        for (String part : List.of("/info", "/full_info", "/status")) {
            calls.add(new Call("GET", v1 + part, null));
        }
        calls.add(new Call("PUT", v1, EMPTY));
        calls.add(new Call("DELETE", v1, null));
        calls.add(new Call("DELETE", v1 + "/cleanup", null));
        calls.add(new Call("DELETE", v1 + "/delete", null));
        calls.add(new Call("PATCH", v1 + "/restore", null));
        String v2 = "stagings/api/v2/projects/demo/stagings/NAME";
        for (String part :
                List.of("", "/overrides", "/lifetime", "/operations", "/operations/x", "/operations/x/log")) {
            calls.add(new Call("GET", v2 + part, null));
        }
        for (String part : List.of("/redeploy", "/archive", "/restore", "/cleanup", "/operations/x/abort")) {
            calls.add(new Call("POST", v2 + part, null));
        }
        calls.add(new Call("PUT", v2 + "/overrides", OVERRIDES));
        calls.add(new Call("PATCH", v2 + "/overrides", OVERRIDES));
        calls.add(new Call("PUT", v2 + "/lifetime", "{\"pinned\":true}"));
        calls.add(new Call("PUT", v2 + "/note", "{\"text\":\"mine\"}"));
        calls.add(new Call("DELETE", v2, null));
        calls.add(new Call("DELETE", v2 + "/started-script", null));
        String page = "job/demo/job/NAME/";
        for (String part : List.of("", "api/json", "config.xml", "badge.svg", "1/", "1/consoleText", "operations/")) {
            calls.add(new Call("GET", page + part, null));
        }
        calls.add(new Call("POST", page + "operations/archive", null));
        calls.add(new Call("POST", page + "note/write?text=mine", null));
        calls.add(new Call("POST", page + "doDelete", null));
        String form = "job/demo/staging-form/";
        calls.add(new Call("POST", form + "current", "{\"name\":\"NAME\"}"));
        calls.add(new Call("POST", form + "defaults", "{\"name\":\"NAME\",\"deployment\":[]}"));
        calls.add(new Call("POST", form + "submit", "{\"wish\":\"UPDATE\",\"names\":[\"NAME\"]}"));
        calls.add(new Call("POST", form + "submit", "{\"wish\":\"MERGE\",\"names\":[\"NAME\"]}"));
        for (String operation : List.of("archive", "restore", "redeploy", "forget", "abort")) {
            calls.add(new Call(
                    "POST",
                    "stagings/board/submit",
                    "{\"operation\":\"" + operation + "\",\"stagings\":[\"demo/NAME\"]}"));
        }
        return calls;
    }

    private static List<Call> creations() {
        return List.of(
                new Call("POST", "job/demo/octopod/api/v1/deployments", EMPTY.replace("{", "{\"name\":\"NAME\",")),
                new Call(
                        "POST",
                        "stagings/api/v2/projects/demo/stagings",
                        "{\"name\":\"NAME\",\"overrides\":" + OVERRIDES + "}"),
                new Call("POST", "job/demo/staging-form/checkName", "{\"name\":\"NAME\"}"),
                new Call("POST", "job/demo/staging-form/submit", "{\"wish\":\"CREATE\",\"names\":[\"NAME\"]}"));
    }

    @Test
    void whoMayNotCreateIsToldNothing() throws Exception {
        List<Call> calls = new ArrayList<>(calls());
        calls.addAll(creations());
        for (String user : List.of("reader", "deployer")) {
            for (Call call : calls) {
                assertSame(user, call, HIDDEN, ABSENT);
                assertSame(user, call, LONG_HIDDEN, LONG_ABSENT);
            }
        }
    }

    /** Else a call that is malformed would be answered alike for all. */
    @Test
    void whoMaySeeItIsAnsweredOtherwise() throws Exception {
        for (Call call : calls()) {
            if (call.path().contains("/operations/x")) {
                continue; // there is no such operation of either
            }
            assertNotEquals(
                    answer("seer", call.named(ABSENT)).replace(ABSENT, "NAME"),
                    answer("seer", call.named(HIDDEN)).replace(HIDDEN, "NAME"),
                    call::toString);
        }
    }

    @Test
    void whoMayCreateIsToldThatANameIsTaken() throws Exception {
        for (Call call : calls()) {
            assertSame("creator", call, HIDDEN, ABSENT);
            assertSame("creator", call, LONG_HIDDEN, LONG_ABSENT);
        }
        for (Call call : creations()) {
            assertSame("creator", call, LONG_HIDDEN, LONG_ABSENT);
            String answer = answer("creator", call.named(HIDDEN));
            assertTrue(answer.contains("taken"), call + ": " + answer);
        }
    }

    private void assertSame(String user, Call call, String hidden, String absent) throws Exception {
        assertEquals(
                answer(user, call.named(absent)).replace(ABSENT, "NAME"),
                answer(user, call.named(hidden)).replace(HIDDEN, "NAME"),
                () -> user + ": " + call);
    }

    /** The status and the text; of what is done in the background, its outcome. */
    private String answer(String user, Call call) throws Exception {
        HttpResponse<String> response = send(user, call);
        if (response.statusCode() != 202) {
            return response.statusCode() + " " + stable(response.body());
        }
        String ticket =
                new ObjectMapper().readTree(response.body()).get("ticket").asText();
        return TestProject.await("the outcome", () -> {
            JsonNode outcome = new ObjectMapper()
                    .readTree(send(user, new Call("GET", ticket, null)).body());
            return outcome.get("done").asBoolean() ? stable(outcome.toString()) : null;
        });
    }

    /** Without what is another in each answer. */
    private static String stable(String body) {
        if (body.contains("<html")) {
            return body.replaceAll("(?s)<head.*?</head>|<script.*?</script>|<[^>]*>|\\s+", " ");
        }
        return body.replaceAll("data-crumb-value=\"[^\"]*\"", "")
                .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "")
                .replaceAll("\\?cid=[^\"]*|id[0-9]+|[0-9]{10,}", "");
    }

    private HttpResponse<String> send(String user, Call call) throws Exception {
        return visitors.get(user)
                .send(
                        call.method(),
                        call.path(),
                        call.body(),
                        "Authorization",
                        logins.get(user),
                        "Content-Type",
                        Visitor.JSON);
    }

    @Test
    void commandsTellNothing() {
        List<List<String>> commands = List.of(
                List.of("octopod-archive"),
                List.of("octopod-restore"),
                List.of("octopod-cleanup"),
                List.of("octopod-delete"),
                List.of("octopod-info"),
                List.of("octopod-status"),
                List.of("octopod-logs"),
                List.of("octopod-update", "-e", "A=1"));
        for (String user : List.of("reader", "deployer", "creator")) {
            for (List<String> command : commands) {
                assertEquals(
                        command(user, command, ABSENT).replace(ABSENT, "NAME"),
                        command(user, command, HIDDEN).replace(HIDDEN, "NAME"),
                        () -> user + ": " + command);
            }
        }
    }

    private String command(String user, List<String> command, String name) {
        List<String> arguments = new ArrayList<>(command.subList(1, command.size()));
        arguments.addAll(List.of("-p", "demo", "-n", name));
        CLICommandInvoker.Result result = new CLICommandInvoker(jenkins, CLICommand.clone(command.get(0)))
                .asUser(user)
                .invokeWithArgs(arguments.toArray(new String[0]));
        return result.returnCode() + " " + result.stdout() + result.stderr();
    }

    @Test
    void pipelinesOfAUserAreToldNothing() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline");
        jenkins.jenkins.setAuthorizationStrategy(
                ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                        .grant(Item.READ, Item.BUILD, Item.DELETE)
                        .onItems(job)
                        .to("builder")
                        .grant(Item.BUILD, Item.DELETE)
                        .onItems(demo.project)
                        .to("builder")
                        .grant(Computer.BUILD)
                        .everywhere()
                        .to("builder"));
        jenkins.jenkins
                .getDescriptorByType(QueueItemAuthenticatorConfiguration.class)
                .getAuthenticators()
                .replaceBy(List.of(new MockQueueItemAuthenticator()
                        .authenticate("pipeline", User.getById("builder", true).impersonate2())));
        // Else all would be told the same because the script fails for another reason.
        String seen = said(job, "octopodCleanup", HIDDEN);
        assertTrue(seen.contains("There is no staging"), seen);
        for (String step :
                List.of("octopodStatus", "octopodCleanup", "octopodArchive", "octopodRestore", "octopodDeploy")) {
            assertEquals(
                    said(job, step, ABSENT).replace(ABSENT, "NAME"),
                    said(job, step, HIDDEN).replace(HIDDEN, "NAME"),
                    step);
            assertEquals(
                    said(job, step, HASHED_ABSENT).replaceAll("fox-[a-z0-9]{6}", "NAME"),
                    said(job, step, HASHED_HIDDEN).replaceAll("fix-[a-z0-9]{6}", "NAME"),
                    step);
        }
        assertFalse(demo.staging(HIDDEN).isBusy());
    }

    private String said(WorkflowJob job, String step, String name) throws Exception {
        job.setDefinition(new CpsFlowDefinition(
                "try { echo \"got \" + " + step + "(project: '/demo', name: '" + name
                        + "') } catch (e) { echo 'failed ' + e.message }",
                true));
        String log = JenkinsRule.getLog(job.scheduleBuild2(0).get());
        int start = log.indexOf("[Pipeline] Start of Pipeline");
        return log.substring(Math.max(0, start));
    }
}
