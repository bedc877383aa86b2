package io.jenkins.plugins.octopod.dashboard.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import io.jenkins.plugins.octopod.fixtures.JsonClient;
import io.jenkins.plugins.octopod.fixtures.JsonClient.JsonResponse;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Who may ask what the dialog asks, and send what it sends. */
@WithSharedJenkins
class StagingFormPermissionsTest {

    private static final String FORM = "job/demo/staging-form/";
    private static final Map<String, Object> CREATE = Map.of("wish", "CREATE", "names", List.of("new-one"));
    private static final Map<String, Object> UPDATE = Map.of("wish", "UPDATE", "names", List.of("orange-button"));
    private static final Map<String, Object> NAME = Map.of("name", "orange-button");
    private static final Map<String, Object> NOTHING = Map.of("deployment", List.of());

    @TempDir
    private Path directory;

    private TestProject project(JenkinsRule jenkins) throws Exception {
        TestProject made = TestProject.withScripts(jenkins, new ScriptDirectory(directory.resolve("scripts")).path());
        made.connectAgent("agent");
        made.finished(made.submit(Kind.CREATE, "orange-button"));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "deployer", "creator")
                .grant(Item.BUILD)
                .everywhere()
                .to("deployer")
                .grant(Item.CREATE)
                .everywhere()
                .to("creator"));
        return made;
    }

    @Test
    void eachMayAskWhatTheyMayDo(JenkinsRule jenkins) throws Exception {
        TestProject project = project(jenkins);
        assertAnswers(JsonClient.of(jenkins, "creator"), 200, 403, 200, 403, 202, 403);
        TestProject.await("the new staging", () -> project.staging("new-one"));
        assertEquals("creator", project.staging("new-one").getCreatedBy());
        assertAnswers(JsonClient.of(jenkins, "deployer"), 403, 200, 403, 200, 403, 202);
        assertAnswers(JsonClient.of(jenkins, "reader"), 403, 403, 403, 403, 403, 403);
    }

    private static void assertAnswers(
            JsonClient client,
            int checkName,
            int current,
            int defaultsForNew,
            int defaultsForUpdate,
            int create,
            int update)
            throws Exception {
        assertEquals(checkName, client.post(FORM + "checkName", NAME).status(), "checkName");
        assertEquals(current, client.post(FORM + "current", NAME).status(), "current");
        assertEquals(defaultsForNew, client.post(FORM + "defaults", NOTHING).status(), "defaults");
        assertEquals(defaultsForUpdate, client.post(FORM + "defaults", NAME).status(), "defaults of a staging");
        assertEquals(create, client.post(FORM + "submit", CREATE).status(), "create");
        assertEquals(update, client.post(FORM + "submit", UPDATE).status(), "update");
    }

    @Test
    void whoMayNotEvenSeeIsToldNothing(JenkinsRule jenkins) throws Exception {
        TestProject project = project(jenkins);
        for (JsonClient client : List.of(JsonClient.anonymous(jenkins), JsonClient.of(jenkins, "stranger"))) {
            for (String question : List.of("checkName", "current", "defaults", "submit")) {
                JsonResponse answer = client.post(FORM + question, question.equals("submit") ? CREATE : NAME);
                assertTrue(List.of(403, 404).contains(answer.status()), question + ": " + answer.status());
                assertFalse(answer.type().contains("json"), question);
            }
        }
        assertNull(project.staging("new-one"));
    }

    @Test
    void nothingIsTakenFromOtherSites(JenkinsRule jenkins) throws Exception {
        TestProject project = project(jenkins);
        JsonClient creator = JsonClient.of(jenkins, "creator");
        JsonResponse answer = creator.postWithoutCrumb(FORM + "submit", CREATE);
        assertEquals(403, answer.status());
        assertTrue(answer.text().contains("No valid crumb"), answer.text());
        assertNull(project.staging("new-one"));
    }

    @Test
    void whatIsNotThereOrIsntSeenIsNotFound(JenkinsRule jenkins) throws Exception {
        project(jenkins);
        JsonClient deployer = JsonClient.of(jenkins, "deployer");
        assertEquals(
                404, deployer.post(FORM + "current", Map.of("name", "nowhere")).status());
        assertEquals(404, deployer.post(FORM + "current", Map.of()).status());
        assertEquals(
                404, deployer.post(FORM + "defaults", Map.of("name", "nowhere")).status());
    }
}
