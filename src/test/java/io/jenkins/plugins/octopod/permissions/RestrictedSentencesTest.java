package io.jenkins.plugins.octopod.permissions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.Queue;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.octopod.fixtures.JsonClient;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.credentialsbinding.impl.StringBinding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** IDs of credentials, what those who keep them say, and labels of agents are for those only who may read a project’s settings. */
@WithSharedJenkins
class RestrictedSentencesTest {

    private static final String ID = "vault-token-of-team";
    private static final String WHY = "https://vault.example.com:8200 is sealed";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private SweptProject swept;
    private DumbSlave agent;

    @BeforeEach
    void project(JenkinsRule rule) throws Exception {
        jenkins = rule;
        swept = SweptProject.create(rule, directory);
        agent = swept.demo.connectAgent("agent");
        swept.create("a1");
        swept.sweep("a1");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CREATE)
                .everywhere()
                .to("deployer")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CREATE, Item.EXTENDED_READ, Item.CONFIGURE)
                .everywhere()
                .to("configurer"));
    }

    /** Everything that a user can look at. */
    private String seen(String user) throws Exception {
        JsonClient client = JsonClient.of(jenkins, user);
        StringBuilder seen = new StringBuilder();
        for (String url : List.of(
                "stagings/board/feed/",
                "stagings/api/v2/stagings",
                "stagings/api/v2/projects/demo",
                "stagings/api/v2/projects/demo/stagings/a1",
                "job/demo/octopod/api/v1/deployments/a1/status",
                "job/demo/octopod/api/v1/deployments/a1/full_info",
                "job/demo/octopod/api/v1/deployment_overrides",
                "job/demo/job/a1/",
                "job/demo/job/a1/api/json?depth=2")) {
            seen.append(url).append(": ").append(client.get(url).text()).append('\n');
        }
        Visitor visitor = Visitor.loggedIn(jenkins, user);
        seen.append(visitor.post("job/demo/job/a1/operations/redeploy", Visitor.FORM, "")
                .body());
        seen.append(client.post("job/demo/staging-form/defaults", Map.of("deployment", List.of()))
                .text());
        return seen.toString();
    }

    @Test
    void aCredentialAndItsProvider() throws Exception {
        TestCredentials.in(swept.demo.project).unavailable(ID, WHY);
        TestCredentials.bind(swept.demo.project, new StringBinding("TOKEN", ID));
        Staging staging = swept.staging("a1");
        swept.sweepUntil("the status to be stale", staging::isStale);
        String told = seen("deployer");
        assertFalse(told.contains(ID), told);
        assertFalse(told.contains("vault.example.com"), told);
        assertTrue(told.contains("Users who can read the project’s configuration see which one"), told);
        String all = seen("configurer");
        assertTrue(all.contains(ID), all);
    }

    @Test
    void theLabelOfAgents() throws Exception {
        jenkins.disconnectSlave(agent);
        Staging staging = swept.staging("a1");
        swept.sweepUntil("the status to be stale", staging::isStale);
        String label = swept.demo.project.getAgentLabel();
        for (String url : List.of("stagings/board/feed/", "stagings/api/v2/projects/demo/stagings/a1")) {
            String told = JsonClient.of(jenkins, "deployer").get(url).text();
            assertFalse(told.contains("“" + label + "”") || told.contains("\"label\":\"" + label), told);
            assertTrue(JsonClient.of(jenkins, "configurer").get(url).text().contains("“" + label + "”"), url);
        }
        assertFalse(defaults("deployer").contains("“" + label + "”"));
        assertTrue(defaults("configurer").contains("“" + label + "”"));

        swept.demo.project.setAgentLabel("secret-machines");
        swept.demo.project.save();
        String refusal = Visitor.loggedIn(jenkins, "deployer")
                .post("job/demo/job/a1/operations/redeploy", Visitor.FORM, "")
                .body();
        assertTrue(refusal.contains("No agent has the label of project"), refusal);
        assertFalse(refusal.contains("secret-machines"), refusal);
        assertEquals(0, swept.demo.queue().length);
    }

    @Test
    void theReasonOfTheQueue() throws Exception {
        jenkins.disconnectSlave(agent);
        AcceptedRequest request = swept.demo.submit(Kind.CREATE, "a2");
        Queue.Item item = TestProject.await(
                "the run to wait for an agent",
                () -> RunLookup.queued(request.staging()) instanceof Queue.BuildableItem waiting ? waiting : null);
        String url = "stagings/api/v2/projects/demo/stagings/a2/operations/" + request.requestId();
        assertEquals(
                "The run waits for an agent with a free executor.",
                JsonClient.of(jenkins, "deployer")
                        .get(url)
                        .json()
                        .path("waitingFor")
                        .asText());
        assertEquals(
                item.getWhy(),
                JsonClient.of(jenkins, "configurer")
                        .get(url)
                        .json()
                        .path("waitingFor")
                        .asText());
        for (String page : List.of("stagings/board/feed/", "job/demo/job/a2/live/")) {
            String told = JsonClient.of(jenkins, "deployer").get(page).text();
            assertTrue(told.contains("The run waits for an agent with a free executor."), page + ": " + told);
            assertTrue(JsonClient.of(jenkins, "configurer").get(page).text().contains("offline"), page);
        }
        jenkins.jenkins.getQueue().cancel(item);
    }

    private String defaults(String user) throws Exception {
        return JsonClient.of(jenkins, user)
                .post("job/demo/staging-form/defaults", Map.of("deployment", List.of()))
                .text();
    }
}
