package io.jenkins.plugins.octopod.api.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.User;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.OctoClient;
import io.jenkins.plugins.octopod.fixtures.OpenApiClient;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.security.SecuritySettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What is sent again with its key is done once; also by a crowd, and after a restart of Jenkins. */
@Tag("jenkins")
class IdempotencyKeyStoreTest {

    private static final String KEY = "Idempotency-Key";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private TestProject demo;
    private OpenApiClient anna;
    private OpenApiClient bert;

    private void prepare(JenkinsRule jenkins) throws Exception {
        demo = TestProject.withScripts(
                jenkins,
                new ScriptDirectory(directory.resolve("scripts"))
                        .with(ControlScript.CHECK, "exit 0")
                        .with(ControlScript.ARCHIVE_CHECK, "exit 0")
                        .with(
                                ControlScript.CONFIG_CHECK,
                                "case \"$*\" in *bad*) echo no; exit 1;; *slow*) sleep 0.5;; esac")
                        .path());
        demo.connectAgent("agent");
        // The crowd may wait.
        SecuritySettings.get().setMaxWaitingRequests(100);
        SecuritySettings.get().setMaxWaitingRequestsPerUser(100);
        login(jenkins);
    }

    private void login(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("anna", "bert"));
        anna = client(jenkins, "anna");
        bert = client(jenkins, "bert");
    }

    private static OpenApiClient client(JenkinsRule jenkins, String user) throws Exception {
        String token = jenkins.createApiToken(User.getOrCreateByIdOrFullName(user));
        return new OpenApiClient(jenkins.getURL(), OctoClient.basic(user, token));
    }

    private static OpenApiClient.Call create(OpenApiClient client, String name, String value) throws Exception {
        return client.call("createStaging")
                .with("project", "demo")
                .body(Map.of(
                        "name",
                        name,
                        "overrides",
                        Map.of("deployment", List.of(), "application", List.of(Map.of("key", "A", "value", value)))));
    }

    private static OpenApiClient.Call archive(OpenApiClient client, String name) {
        return client.call("archiveStaging").with("project", "demo").with("name", name);
    }

    @Test
    void aCrowdGetsOneOperation() throws Throwable {
        sessions.then(jenkins -> {
            prepare(jenkins);
            Set<String> operations = new HashSet<>();
            for (OpenApiClient.OpenApiResponse answer : atOnce(
                    20, i -> create(anna, "one", "slow").with(KEY, "the-crowd").send())) {
                operations.add(answer.expect(202).header("Location"));
            }
            assertEquals(1, operations.size(), operations.toString());
            anna.ended(create(anna, "one", "slow").with(KEY, "the-crowd").send());
            assertEquals(1, demo.staging("one").getBuilds().size());
        });
    }

    @Test
    void withoutAKeyOneOfAHundredIsAcceptedAndTheOthersAreToldWhy() throws Throwable {
        sessions.then(jenkins -> {
            prepare(jenkins);
            int accepted = 0;
            for (OpenApiClient.OpenApiResponse answer :
                    atOnce(100, i -> create(anna, "one", "x" + i).send())) {
                if (answer.status() == 202) {
                    accepted++;
                } else {
                    String type = answer.expect(409).json().path("type").asText();
                    assertTrue(type.endsWith("#problem-exists"), answer.body());
                }
            }
            assertEquals(1, accepted);
            TestProject.await("it to settle", () -> demo.staging("one").isBusy() ? null : "settled");
            assertEquals(1, demo.staging("one").getBuilds().size());
        });
    }

    @FunctionalInterface
    private interface Sending {
        OpenApiClient.OpenApiResponse send(int i) throws Exception;
    }

    /** All begin at the same moment. */
    private static List<OpenApiClient.OpenApiResponse> atOnce(int crowd, Sending sending) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(crowd);
        CyclicBarrier start = new CyclicBarrier(crowd);
        try {
            List<Future<OpenApiClient.OpenApiResponse>> futures = new ArrayList<>();
            for (int i = 0; i < crowd; i++) {
                int each = i;
                futures.add(threads.submit(() -> {
                    start.await();
                    return sending.send(each);
                }));
            }
            List<OpenApiClient.OpenApiResponse> answers = new ArrayList<>();
            for (Future<OpenApiClient.OpenApiResponse> future : futures) {
                answers.add(future.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aKeyIsOfOneUserAndOneRequest() throws Throwable {
        sessions.then(jenkins -> {
            prepare(jenkins);
            OpenApiClient.OpenApiResponse first =
                    create(anna, "one", "x").with(KEY, "k").send();
            anna.ended(first);
            OpenApiClient.OpenApiResponse otherBody =
                    create(anna, "one", "y").with(KEY, "k").send().expect(422);
            assertTrue(otherBody.json().path("type").asText().endsWith("#problem-key-reused"), otherBody.body());
            create(anna, "two", "x").with(KEY, "k").send().expect(422);
            archive(anna, "one").with(KEY, "k").send().expect(422);
            create(bert, "one", "x").with(KEY, "k").send().expect(409);
            OpenApiClient.OpenApiResponse ofBert =
                    create(bert, "two", "x").with(KEY, "k").send();
            bert.ended(ofBert);
            assertNotEquals(first.header("Location"), ofBert.header("Location"));
            assertEquals(
                    first.header("Location"),
                    create(anna, "one", "x").with(KEY, "k").send().expect(202).header("Location"));
            assertEquals(1, demo.staging("one").getBuilds().size());

            // What was refused may be mended, and sent again.
            create(anna, "three", "bad").with(KEY, "r").send().expect(422);
            anna.ended(create(anna, "three", "good").with(KEY, "r").send());
            archive(anna, "three").with(KEY, "a b").send().expect(400);
            archive(anna, "three").with(KEY, "x".repeat(256)).send().expect(400);
        });
    }

    @Test
    void isStillKnownAfterARestart() throws Throwable {
        String[] location = new String[2];
        sessions.then(jenkins -> {
            prepare(jenkins);
            OpenApiClient.OpenApiResponse created =
                    create(anna, "one", "x").with(KEY, "k1").send();
            anna.ended(created);
            OpenApiClient.OpenApiResponse archived =
                    archive(anna, "one").with(KEY, "k2").send();
            anna.ended(archived);
            location[0] = path(created);
            location[1] = path(archived);
        });
        sessions.then(jenkins -> {
            demo = TestProject.again(jenkins);
            login(jenkins);
            Function<OpenApiClient.OpenApiResponse, String> again = answer -> path(answer.expect(202));
            assertEquals(
                    location[0],
                    again.apply(create(anna, "one", "x").with(KEY, "k1").send()));
            assertEquals(
                    location[1],
                    again.apply(archive(anna, "one").with(KEY, "k2").send()));
            create(anna, "one", "y").with(KEY, "k1").send().expect(422);
            assertEquals(2, demo.staging("one").getBuilds().size());
        });
    }

    private static String path(OpenApiClient.OpenApiResponse answer) {
        return answer.header("Location").replaceFirst("^.*/stagings/api", "");
    }
}
