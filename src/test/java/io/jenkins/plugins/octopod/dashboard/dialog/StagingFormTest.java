package io.jenkins.plugins.octopod.dashboard.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.JsonClient;
import io.jenkins.plugins.octopod.fixtures.JsonClient.JsonResponse;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What the dialog asks and sends, over HTTP, with the demo’s scripts on a real agent. */
@WithSharedJenkins
class StagingFormTest {

    private static final String FORM = "job/demo/staging-form/";

    @TempDir
    private Path demoHome;

    @Test
    void theNameIsCheckedWhileItIsTyped(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        demo.finished(demo.submit(Kind.CREATE, "taken"));
        JsonClient client = JsonClient.anonymous(jenkins);

        assertEquals("EMPTY", checked(client, "  ").get("state").asText());
        JsonNode fine = checked(client, " orange-button ");
        assertEquals("FINE", fine.get("state").asText());
        assertEquals("orange-button", fine.get("name").asText());
        assertEquals("orange-button.staging.example.com", fine.get("host").asText());
        JsonNode wrong = checked(client, "Orange Button");
        assertEquals("WRONG", wrong.get("state").asText());
        assertTrue(wrong.get("sentence").asText().contains("lower-case"), wrong.toString());
        assertEquals("orange-button", wrong.get("suggestion").asText());
        assertTrue(wrong.get("host").isNull());
        JsonNode taken = checked(client, "taken");
        assertEquals("TAKEN", taken.get("state").asText());
        assertTrue(taken.get("sentence").asText().contains("already"), taken.toString());
        assertTrue(checked(client, "TAKEN").get("suggestion").isNull(), "what is taken isn't offered");
    }

    @Test
    void defaultsComeWithoutWaiting(JenkinsRule jenkins) throws Exception {
        TestProject.demo(jenkins, demoHome);
        JsonClient client = JsonClient.anonymous(jenkins);
        JsonNode first =
                client.post(FORM + "defaults", defaultsOf(List.of(), false)).json();
        assertEquals("LOADING", first.at("/deployment/defaults/state").asText());
        assertTrue(first.at("/deployment/defaults/pending").asBoolean());

        JsonNode known = settled(client, List.of(), false);
        assertEquals("image.tag", known.at("/deployment/defaults/list/0/key").asText());
        assertEquals("latest", known.at("/deployment/defaults/list/0/value").asText());
        assertEquals("demo.delay", known.at("/deployment/keys/list/2").asText());
        assertEquals(
                "Hello from latest",
                known.at("/application/defaults/list/0/value").asText());

        assertEquals("v2", known.at("/tags/list/1/tag").asText());
        assertEquals("the second release", known.at("/tags/list/1/description").asText());

        JsonNode other = settled(client, List.of(set("image.tag", "v2"), set("not=a key", "")), false);
        assertEquals(
                "Hello from v2", other.at("/application/defaults/list/0/value").asText());
        JsonNode reloaded = settled(client, List.of(), true);
        assertEquals("READY", reloaded.at("/application/keys/state").asText());
    }

    @Test
    void aNewStagingIsMadeBehindTheRequest(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        JsonClient client = JsonClient.anonymous(jenkins);
        JsonNode step = ended(
                client,
                wish(
                        "CREATE",
                        List.of("orange-button"),
                        null,
                        List.of(set("image.tag", "v1"), remove("replicas")),
                        List.of(set("GREETING", "Hi = there\nand\there"))));
        assertEquals("ACCEPTED", step.get("state").asText());
        assertEquals("demo/orange-button", step.get("subject").asText());
        assertEquals("job/demo/job/orange-button/", step.get("url").asText());
        Staging staging = demo.staging("orange-button");
        assertEquals("v1", staging.getDeploymentOverrides().value("image.tag").orElseThrow());
        assertTrue(staging.getDeploymentOverrides().isRemoved("replicas"));
        assertEquals(
                "Hi = there\nand\there",
                staging.getApplicationOverrides().value("GREETING").orElseThrow());
        free(staging);
        assertEquals(Status.Running, staging.getStatus());

        JsonNode again = ended(client, wish("CREATE", List.of("orange-button"), null, List.of(), List.of()));
        assertEquals("REFUSED", again.get("state").asText());
        assertEquals("NAME", again.at("/refusal/problems/0/field").asText());
        assertEquals(409, again.at("/refusal/statusCode").asInt());
    }

    @Test
    void whatConfigCheckRefusesIsSaidOfTheKeysItNames(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        JsonClient client = JsonClient.anonymous(jenkins);
        JsonNode refusal = ended(
                        client,
                        wish(
                                "CREATE",
                                List.of("orange-button"),
                                null,
                                List.of(set("replicas", "many")),
                                List.of(set("COLOR", "pink"), set("TEAM", "search"))))
                .get("refusal");
        assertEquals(400, refusal.get("statusCode").asInt());
        JsonNode deployment = refusal.at("/problems/0");
        assertEquals("DEPLOYMENT", deployment.get("field").asText());
        assertEquals("replicas", deployment.get("key").asText());
        assertTrue(deployment.get("sentence").asText().contains("a number from 1 to 9"), deployment.toString());
        JsonNode application = refusal.at("/problems/1");
        assertEquals("APPLICATION", application.get("field").asText());
        assertEquals("COLOR", application.get("key").asText());
        assertTrue(application.get("sentence").asText().contains("no color \"pink\""), application.toString());
        assertNull(demo.staging("orange-button"));
    }

    @Test
    void whatCannotBeReadIsRefusedAtOnce(JenkinsRule jenkins) throws Exception {
        TestProject.demo(jenkins, demoHome);
        JsonClient client = JsonClient.anonymous(jenkins);
        JsonResponse bad = client.post(
                FORM + "submit",
                wish("CREATE", List.of("orange-button"), null, List.of(set("a=b", "c")), List.of(set(" . ", ""))));
        assertEquals(400, bad.status());
        assertEquals("DEPLOYMENT", bad.json().at("/problems/0/field").asText());
        assertEquals("a=b", bad.json().at("/problems/0/key").asText());
        assertEquals(
                400, client.post(FORM + "submit", Map.of("names", List.of("a"))).status());
        assertEquals(
                400,
                client.post(FORM + "submit", wish("UPDATE", List.of("a", "b"), null, List.of(), List.of()))
                        .status());
        assertEquals(400, client.post(FORM + "submit", List.of("nonsense")).status());
        assertEquals(404, client.get(FORM + "submit").status());
    }

    @Test
    void anUpdateBeginsWithWhatThereIsAndNoticesWhatAnotherDoes(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        demo.finished(demo.submit(Kind.CREATE, "orange-button", "TEAM=search", "-GREETING"));
        Staging staging = demo.staging("orange-button");
        JsonClient client = JsonClient.anonymous(jenkins);

        JsonNode current =
                client.post(FORM + "current", Map.of("name", "orange-button")).json();
        assertEquals("TEAM", current.at("/application/0/key").asText());
        assertEquals("search", current.at("/application/0/value").asText());
        assertEquals("GREETING", current.at("/application/1/key").asText());
        assertTrue(current.at("/application/1/value").isNull());

        demo.finished(demo.submit(Kind.MERGE, "orange-button", "COLOR=red"));
        Map<String, Object> mine = wish(
                "UPDATE",
                List.of("orange-button"),
                current.get("seen").asText(),
                List.of(),
                List.of(set("TEAM", "checkout")));
        JsonNode refused = ended(client, mine);
        assertEquals(412, refused.at("/refusal/statusCode").asInt(), refused.toString());
        assertEquals(Overrides.parse("TEAM=search\n-GREETING\nCOLOR=red"), staging.getApplicationOverrides());

        JsonNode now =
                client.post(FORM + "current", Map.of("name", "orange-button")).json();
        assertNotEquals(current.get("seen").asText(), now.get("seen").asText());
        mine.put("seen", now.get("seen").asText());
        assertEquals("ACCEPTED", ended(client, mine).get("state").asText());
        assertEquals(Overrides.parse("TEAM=checkout"), staging.getApplicationOverrides());
        free(staging);
    }

    @Test
    void anUpdateAsItIsChangesNoLine(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        JsonClient client = JsonClient.anonymous(jenkins);
        String lines = "first\r\n  second \n\n";
        ended(client, wish("CREATE", List.of("orange-button"), null, List.of(), List.of(set("TEAM", lines))));
        Staging staging = demo.staging("orange-button");
        free(staging);
        JsonNode current =
                client.post(FORM + "current", Map.of("name", "orange-button")).json();
        assertEquals(lines, current.at("/application/0/value").asText());
        ended(
                client,
                wish(
                        "UPDATE",
                        List.of("orange-button"),
                        current.get("seen").asText(),
                        List.of(),
                        List.of(set("TEAM", current.at("/application/0/value").asText()))));
        assertEquals(lines, staging.getApplicationOverrides().value("TEAM").orElseThrow());
        free(staging);
    }

    @Test
    void severalStagingsGetTheSameOverridesOverTheirOwn(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        demo.finished(demo.submit(Kind.CREATE, "one", "TEAM=search"));
        demo.finished(demo.submit(Kind.CREATE, "two", "COLOR=blue"));
        JsonNode steps = allEnded(
                JsonClient.anonymous(jenkins),
                wish("MERGE", List.of("one", "two", "three"), null, List.of(), List.of(set("COLOR", "red"))));
        assertEquals("ACCEPTED", steps.at("/0/state").asText());
        assertEquals("ACCEPTED", steps.at("/1/state").asText());
        assertEquals(404, steps.at("/2/refusal/statusCode").asInt());
        assertEquals(
                Overrides.parse("TEAM=search\nCOLOR=red"), demo.staging("one").getApplicationOverrides());
        assertEquals(Overrides.parse("COLOR=red"), demo.staging("two").getApplicationOverrides());
        free(demo.staging("one"));
        free(demo.staging("two"));
        assertFalse(demo.staging("two").isBusy());
    }

    private static JsonNode checked(JsonClient client, String name) throws Exception {
        JsonResponse answer = client.post(FORM + "checkName", Map.of("name", name));
        assertEquals(200, answer.status(), answer.text());
        return answer.json();
    }

    private static Map<String, Object> defaultsOf(List<?> deployment, boolean reload) {
        return Map.of("deployment", deployment, "reload", reload);
    }

    private static JsonNode settled(JsonClient client, List<?> deployment, boolean reload) throws Exception {
        JsonNode first =
                client.post(FORM + "defaults", defaultsOf(deployment, reload)).json();
        assertTrue(first.has("deployment"), first.toString());
        return TestProject.await("all defaults", () -> {
            JsonNode both = client.post(FORM + "defaults", defaultsOf(deployment, false))
                    .json();
            boolean pending = both.findValuesAsText("pending").contains("true");
            return pending ? null : both;
        });
    }

    private static Map<String, Object> wish(
            String wish, List<String> names, String seen, List<?> deployment, List<?> application) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("wish", wish);
        body.put("names", names);
        body.put("seen", seen);
        body.put("deployment", deployment);
        body.put("application", application);
        return body;
    }

    private static Map<String, String> set(String key, String value) {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("key", key);
        entry.put("value", value);
        return entry;
    }

    private static Map<String, String> remove(String key) {
        return set(key, null);
    }

    private static JsonNode ended(JsonClient client, Map<String, Object> wish) throws Exception {
        return allEnded(client, wish).get(0);
    }

    private static JsonNode allEnded(JsonClient client, Map<String, Object> wish) throws Exception {
        JsonResponse accepted = client.post(FORM + "submit", wish);
        assertEquals(202, accepted.status(), accepted.text());
        String ticket = accepted.json().get("ticket").asText();
        return TestProject.await("the submission to end", () -> {
            JsonNode answer = client.get(ticket).json();
            return answer.get("done").asBoolean() ? answer.get("steps") : null;
        });
    }

    private static void free(Staging... stagings) throws Exception {
        for (Staging staging : Arrays.asList(stagings)) {
            TestProject.await("the staging to be free", () -> staging.isBusy() ? null : staging);
        }
    }
}
