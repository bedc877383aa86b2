package io.jenkins.plugins.octopod.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.scripts.ControlScripts;
import io.jenkins.plugins.octopod.security.SecuritySettings;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.support.WaitingRequestThreads;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Scripts that don’t answer keep a limited number of request threads, and leave some for others. */
@WithSharedJenkins
class WaitingForAgentsTest {

    private static final int FLOOD = 12;
    private static final int PER_USER = 5;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private ScriptDirectory scripts;
    private final Map<String, String> tokens = new HashMap<>();
    private final List<CompletableFuture<HttpResponse<String>>> requests = new ArrayList<>();
    private TestProject demo;

    @BeforeEach
    void project(JenkinsRule rule) throws Exception {
        jenkins = rule;
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        demo = TestProject.withScripts(rule, scripts.path());
        demo.connectAgent("agent");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("attacker", "other")
                .grant(Item.CREATE)
                .everywhere()
                .to("attacker", "other"));
        for (String user : List.of("attacker", "other")) {
            tokens.put(user, rule.createApiToken(User.getById(user, true)));
        }
        SecuritySettings.get().setMaxWaitingRequestsPerUser(PER_USER);
    }

    @AfterEach
    void release() throws Exception {
        Files.createDirectories(scripts.path());
        Files.writeString(go(), "");
        // What was accepted holds the agent, which the next test needs.
        for (CompletableFuture<HttpResponse<String>> each : requests) {
            each.get(1, TimeUnit.MINUTES);
        }
        for (Staging staging : jenkins.jenkins.allItems(Staging.class)) {
            TestProject.await(staging + " to be free", () -> staging.isBusy() ? null : staging);
        }
    }

    private Path go() {
        return scripts.file("go");
    }

    /** The body of a script that notes that it was called, and waits until it may go on. */
    private String held(String exit) {
        return "echo called >>'" + scripts.file("calls") + "'; while ! test -f '" + go() + "'; do sleep 0.1; done; "
                + exit;
    }

    private long calls() throws Exception {
        Path calls = scripts.file("calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    private CompletableFuture<HttpResponse<String>> send(String user, String method, String path, String body)
            throws IOException {
        String login = Base64.getEncoder().encodeToString((user + ':' + tokens.get(user)).getBytes());
        CompletableFuture<HttpResponse<String>> request = http.sendAsync(
                HttpRequest.newBuilder(URI.create(jenkins.getURL() + "job/" + path))
                        .header("Authorization", "Basic " + login)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        requests.add(request);
        return request;
    }

    /** Waits until all but some of them are answered; the others wait for the agent. */
    private static void awaitRefusals(List<CompletableFuture<HttpResponse<String>>> sent, int waiting)
            throws Exception {
        TestProject.await(
                "all but " + waiting + " to be answered",
                () -> sent.stream().filter(CompletableFuture::isDone).count() >= sent.size() - waiting ? true : null);
        for (CompletableFuture<HttpResponse<String>> each : sent) {
            if (each.isDone()) {
                HttpResponse<String> response = each.get();
                assertEquals(503, response.statusCode(), response.body());
                assertEquals("30", response.headers().firstValue("Retry-After").orElse(null));
                assertTrue(response.body().contains("Too many requests are waiting"), response.body());
            }
        }
    }

    @Test
    void statusRequestsDoNotTakeAllThreads() throws Exception {
        for (int i = 0; i < FLOOD; i++) {
            demo.finished(demo.submit(Kind.CREATE, "s" + i));
        }
        scripts.with(ControlScript.CHECK, held("exit 0"));
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < FLOOD; i++) {
            sent.add(send("attacker", "GET", "demo/octopod/api/v1/deployments/s" + i + "/status", null));
        }
        awaitRefusals(sent, PER_USER);

        CompletableFuture<HttpResponse<String>> other =
                send("other", "GET", "demo/octopod/api/v1/deployments/s0/status", null);
        TestProject.await("the other to wait", () -> WaitingRequestThreads.count() == PER_USER + 1 ? true : null);
        Files.writeString(go(), "");
        assertEquals(200, other.get().statusCode(), other.get().body());
    }

    @Test
    void whoAsksTheSameSharesOneCheck() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "one"));
        scripts.with(ControlScript.CHECK, held("exit 0"));
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < PER_USER; i++) {
            sent.add(send("attacker", "GET", "demo/octopod/api/v1/deployments/one/status", null));
            sent.add(send("other", "GET", "demo/octopod/api/v1/deployments/one/status", null));
        }
        TestProject.await("the check", () -> calls() > 0 ? true : null);
        TestProject.await("all to wait", () -> WaitingRequestThreads.count() == 2 * PER_USER ? true : null);
        Files.writeString(go(), "");
        for (CompletableFuture<HttpResponse<String>> each : sent) {
            assertEquals(200, each.get().statusCode(), each.get().body());
        }
        assertEquals(1, calls());
    }

    @Test
    void creationsDoNotTakeAllThreads() throws Exception {
        scripts.with(ControlScript.CONFIG_CHECK, held("exit 0"));
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < FLOOD; i++) {
            sent.add(send("attacker", "POST", "demo/octopod/api/v1/deployments", deployment("s" + i)));
        }
        awaitRefusals(sent, PER_USER);

        // Another project, whose script answers, has free places.
        OctopodProject free = other();
        assertEquals(
                200,
                send("other", "POST", "free/octopod/api/v1/deployments", deployment("mine"))
                        .get()
                        .statusCode());
        assertEquals(1, free.getItems().size());
    }

    @Test
    void questionsForDefaultsDoNotTakeAllPlaces() throws Exception {
        scripts.with(ControlScript.APPLICATION_CONFIG, held("echo A,1"));
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < FLOOD; i++) {
            sent.add(send(
                    "attacker", "POST", "demo/octopod/api/v1/application_overrides", "[[\"COLOR\",\"" + i + "\"]]"));
        }
        awaitRefusals(sent, PER_USER);
        other();
        assertEquals(
                200,
                send("other", "POST", "free/octopod/api/v1/deployments", deployment("mine"))
                        .get()
                        .statusCode());
    }

    @Test
    void whatIsKnownNeedsNoPlace() throws Exception {
        scripts.with(ControlScript.APPLICATION_CONFIG, "case \"$*\" in *COLOR*) " + held("true") + ";; esac; echo A,1");
        String path = "demo/octopod/api/v1/application_overrides";
        assertEquals(
                200, send("attacker", "POST", path, "[]").get().statusCode(), "the defaults of no overrides are known");
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < FLOOD; i++) {
            sent.add(send("attacker", "POST", path, "[[\"COLOR\",\"" + i + "\"]]"));
        }
        awaitRefusals(sent, PER_USER);
        HttpResponse<String> known = send("attacker", "POST", path, "[]").get();
        assertEquals(200, known.statusCode(), known.body());
        assertEquals("[[\"A\",\"1\"]]", known.body());
    }

    private OctopodProject other() throws Exception {
        ScriptDirectory answering = new ScriptDirectory(directory.resolve("answering"));
        OctopodProject free = jenkins.createProject(OctopodProject.class, "free");
        ControlScripts.DescriptorImpl tools = jenkins.jenkins.getDescriptorByType(ControlScripts.DescriptorImpl.class);
        tools.setInstallations(
                new ControlScripts("demo", scripts.path().toString(), List.of()),
                new ControlScripts("free", answering.path().toString(), List.of()));
        free.setAgentLabel(TestProject.LABEL);
        free.setControlScripts("free");
        free.save();
        return free;
    }

    private static String deployment(String name) {
        return "{\"name\":\"" + name + "\",\"app_overrides\":[],\"deployment_overrides\":[]}";
    }
}
