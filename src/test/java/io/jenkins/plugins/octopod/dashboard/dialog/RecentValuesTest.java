package io.jenkins.plugins.octopod.dashboard.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Item;
import hudson.util.Secret;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.fixtures.JsonClient;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Tests the recent values that the dialog suggests. */
@WithSharedJenkins
class RecentValuesTest {

    private static final String RECENT = "job/demo/staging-form/recent";
    private static final String TAG = "image.tag";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private ScriptDirectory scripts;
    private TestProject demo;
    private WorkflowJob job;

    @BeforeEach
    void project(JenkinsRule rule) throws Exception {
        jenkins = rule;
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        demo = TestProject.withScripts(rule, scripts.path());
        demo.connectAgent("agent");
        job = rule.createProject(WorkflowJob.class, "shop");
    }

    private void deploy(String staging, String tag) throws Exception {
        job.setDefinition(new CpsFlowDefinition(
                "octopodDeploy(project: 'demo', name: '" + staging + "', deploymentOverrides: ['image.tag': '" + tag
                        + "'])",
                true));
        jenkins.buildAndAssertSuccess(job);
    }

    private Staging create(String name, String... overrides) throws Exception {
        return demo.finished(demo.submit(Kind.CREATE, name, overrides)).getParent();
    }

    /** Returns the response after all runs are read. */
    private JsonNode recent(JsonClient client) throws Exception {
        return TestProject.await("the runs to be read", () -> {
            JsonNode answer = client.post(RECENT, Map.of()).json();
            return answer.get("pending").asBoolean() ? null : answer;
        });
    }

    private JsonNode recent() throws Exception {
        return recent(JsonClient.anonymous(jenkins));
    }

    private static JsonNode values(JsonNode section, String key) {
        for (JsonNode each : section) {
            if (each.get("key").asText().equals(key)) {
                return each.get("values");
            }
        }
        return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
    }

    private static List<String> names(JsonNode section, String key) {
        List<String> names = new ArrayList<>();
        values(section, key).forEach(value -> names.add(value.get("value").asText()));
        return names;
    }

    @Test
    void versionsAreThoseThatBuildsDeployedNewestFirst() throws Exception {
        deploy("orange", "v1");
        deploy("teal", "v2");
        deploy("orange", "v3");
        deploy("teal", "v1");
        JsonNode answer = recent();
        assertEquals(TAG, answer.get("tagKey").asText());
        assertEquals(List.of("v1", "v3", "v2"), names(answer.get("deployment"), TAG));
        JsonNode newest = values(answer.get("deployment"), TAG).get(0);
        assertEquals("teal", newest.get("staging").asText());
        assertEquals("shop", newest.get("deployer").asText());
        assertEquals(4, newest.get("number").asInt());
        assertTrue(newest.get("at").asLong() > 0);
    }

    @Test
    void aVersionThatFailedIsNotSuggested() throws Exception {
        deploy("orange", "v1");
        scripts.with(ControlScript.UPDATE, "exit 1");
        demo.finished(demo.submitTag(Kind.MERGE, "orange", "broken"));
        assertEquals(List.of("v1"), names(recent().get("deployment"), TAG));
    }

    @Test
    void valuesOfUsersNameNoBuild() throws Exception {
        deploy("orange", "v1");
        demo.finished(demo.submitTag(Kind.MERGE, "orange", "v2"));
        JsonNode value = values(recent().get("deployment"), TAG).get(0);
        assertEquals("v2", value.get("value").asText());
        assertTrue(value.get("deployer").isNull());
        assertEquals(0, value.get("number").asInt());
    }

    @Test
    void eachKeyHasItsOwnValuesWithoutLongOnes() throws Exception {
        create("orange", "COLOR=teal", "-GREETING", "TEXT=" + "x".repeat(201));
        create("teal", "COLOR=blue");
        JsonNode application = recent().get("application");
        assertEquals(List.of("blue", "teal"), names(application, "COLOR"));
        assertEquals(List.of(), names(application, "GREETING"));
        assertEquals(List.of(), names(application, "TEXT"));
    }

    @Test
    void valuesOfSecretKeysAreNotSuggested() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString("s3cret")));
        create("orange", "TOKEN=typed-by-mistake", "COLOR=teal");
        Staging teal = create("teal");
        teal.updateDesiredState(teal.desiredState()
                .with(new StagingOverrides(Overrides.parse("TOKEN=credentials:token"), Overrides.NONE)));
        JsonNode answer = recent();
        assertEquals(List.of(), names(answer.get("application"), "TOKEN"));
        assertEquals(List.of("teal"), names(answer.get("application"), "COLOR"));
        assertFalse(answer.toString().contains("credentials:"), answer.toString());
    }

    @Test
    void usersGetTheValuesAndBuildsThatTheyMaySee() throws Exception {
        deploy("orange", "v1");
        deploy("hidden", "v2");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("creator")
                .grant(Item.READ, Item.CREATE)
                .onItems(demo.project)
                .to("creator")
                .grant(Item.READ)
                .onItems(demo.staging("orange"))
                .to("creator"));
        JsonNode answer = recent(JsonClient.of(jenkins, "creator"));
        assertEquals(List.of("v1"), names(answer.get("deployment"), TAG));
        assertTrue(values(answer.get("deployment"), TAG).get(0).get("deployer").isNull());
        assertFalse(answer.toString().contains("shop"), answer.toString());
    }

    @Test
    void theyAreKnownAgainAfterARestart() throws Exception {
        deploy("orange", "v1");
        deploy("orange", "v2");
        jenkins.jenkins.reload();
        demo = TestProject.again(jenkins);
        JsonNode first = JsonClient.anonymous(jenkins).post(RECENT, Map.of()).json();
        assertEquals(List.of("v2"), names(first.get("deployment"), TAG), "no file is read for the response");
        assertTrue(first.get("pending").asBoolean());
        assertEquals(List.of("v2", "v1"), names(recent().get("deployment"), TAG));
    }
}
