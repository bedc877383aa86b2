package io.jenkins.plugins.octopod.dashboard.background;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.fixtures.JsonClient;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** A user who may do next to nothing can’t fill the memory with requests that are refused. */
@WithSharedJenkins
class RememberedOutcomesTest {

    private static final int MEGABYTE = 1 << 20;

    @TempDir
    private Path directory;

    private static void secure(JenkinsRule jenkins) {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("visitor", "other")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
    }

    @Test
    void aLongNameIsRefusedAtOnceAndNotQuoted(JenkinsRule jenkins) throws Exception {
        secure(jenkins);
        JsonClient visitor = JsonClient.of(jenkins, "visitor");
        for (int length : List.of(100_000, MEGABYTE)) {
            JsonClient.JsonResponse answer =
                    visitor.post("stagings/board/submit", submission("archive", "a".repeat(length)));
            assertEquals(length == MEGABYTE ? 413 : 400, answer.status());
            assertFalse(answer.text().contains("a".repeat(2000)), "the name is quoted");
        }
    }

    @Test
    void aNameThatNoStagingHasIsRefusedByItsLength(JenkinsRule jenkins) throws Exception {
        TestProject.withScripts(jenkins, new ScriptDirectory(directory).path());
        secure(jenkins);
        JsonClient.JsonResponse answer = JsonClient.of(jenkins, "reader")
                .post(
                        "job/demo/staging-form/submit",
                        Map.of("wish", "MERGE", "names", List.of("a".repeat(MEGABYTE)), "application", List.of()));
        assertEquals(400, answer.status());
        assertTrue(
                answer.text().length() < 1000,
                () -> "answered with " + answer.text().length() + " characters");
    }

    @Test
    void overridesForAStagingThatIsNotThereAreNotKept(JenkinsRule jenkins) throws Exception {
        TestProject.withScripts(jenkins, new ScriptDirectory(directory).path());
        secure(jenkins);
        JsonClient reader = JsonClient.of(jenkins, "reader");
        Map<String, String> override = Map.of("key", "A", "value", "a".repeat(MEGABYTE));
        JsonClient.JsonResponse answer = reader.post(
                "job/demo/staging-form/submit",
                Map.of("wish", "MERGE", "names", List.of("nowhere"), "application", List.of(override)));
        assertEquals(400, answer.status());
        assertTrue(answer.text().contains("a value can have at most 100,000"), answer.text());
    }

    @Test
    void whatATaskNeededIsForgottenWhenItIsDone(JenkinsRule jenkins) throws Exception {
        List<byte[]> needed = new ArrayList<>(List.of(new byte[MEGABYTE]));
        WeakReference<byte[]> reference = new WeakReference<>(needed.get(0));
        String url = start(needed.remove(0));
        TestProject.await("the outcome", () -> find(url).isDone() ? true : null);
        TestProject.await("the memory of the task to be free", () -> {
            System.gc();
            return reference.get() == null ? true : null;
        });
        assertEquals("it", find(url).outcomes().get(0).subject());
    }

    private static String start(byte[] needed) throws Exception {
        return BackgroundTasks.get().start(List.of(new BackgroundTask("it", () -> "" + needed.length)));
    }

    @Test
    void oneUserDoesNotDisplaceWhatAnotherIsToBeTold(JenkinsRule jenkins) throws Exception {
        secure(jenkins);
        String own;
        try (ACLContext other = ACL.as2(User.getById("other", true).impersonate2())) {
            own = BackgroundTasks.get().start(List.of(new BackgroundTask("it", () -> null)));
            TestProject.await("the outcome", () -> find(own).isDone() ? true : null);
        }
        JsonClient visitor = JsonClient.of(jenkins, "visitor");
        // 7 MB of names that could be those of items.
        List<String> names = Collections.nCopies(240, "a".repeat(1000));
        List<String> tickets = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String url = "/"
                    + visitor.post("stagings/board/submit", submission("archive", names))
                            .json()
                            .get("ticket")
                            .asText();
            TestProject.await(
                    "the outcome",
                    () -> visitor.get(url.substring(1)).json().get("done").asBoolean() ? true : null);
            tickets.add(url.substring(1));
        }
        assertEquals(404, visitor.get(tickets.get(0)).status(), "the user’s own oldest outcome is forgotten");
        assertEquals(200, visitor.get(tickets.get(29)).status());
        assertFalse(JsonClient.of(jenkins, "other").get(own).text().isEmpty());
        assertEquals(200, JsonClient.of(jenkins, "other").get(own).status());
    }

    private static Map<String, Object> submission(String operation, String name) {
        return submission(operation, List.of(name));
    }

    private static Map<String, Object> submission(String operation, List<String> names) {
        return Map.of("operation", operation, "stagings", names, "confirmation", "", "afterThat", false);
    }

    private static TaskBatch find(String url) {
        return BackgroundTasks.get()
                .find(url.replaceFirst("^octopod-submissions/", "").replace("/", ""))
                .orElseThrow();
    }
}
