package io.jenkins.plugins.octopod.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** A Pipeline that hands over what withCredentials gives it would have it stored and shown to everybody. */
@WithSharedJenkins
class SurroundingSecretsTest {

    private static final String PASSWORD = "s3same-0pen";

    @TempDir
    private Path demoHome;

    private JenkinsRule jenkins;
    private TestProject demo;
    private Pipelines pipelines;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        demo = TestProject.demo(rule, demoHome);
        pipelines = new Pipelines(rule);
        TestCredentials.in(rule.jenkins).login("db", "shop", PASSWORD).text("pin", "4711");
    }

    private static String within(String step) {
        return "withCredentials([usernamePassword(credentialsId: 'db', usernameVariable: 'DB_USER', passwordVariable: 'DB_PASS'),"
                + " string(credentialsId: 'pin', variable: 'PIN')]) { " + step + " }";
    }

    @Test
    void aSecretIsNoOverride(JenkinsRule rule) throws Exception {
        for (String overrides : List.of(
                "appOverrides: ['db.password': env.DB_PASS]",
                "appOverrides: ['db.password': DB_PASS]",
                "deploymentOverrides: ['db.password': \"${DB_PASS}\"]",
                "appOverrides: [db: [password: \"jdbc:x://shop:${DB_PASS}@db\"]]",
                "appOverrides: ['a': '1', 'db.password': DB_PASS + '\\n']")) {
            WorkflowRun run = pipelines.fails(within("octopodDeploy project: 'demo', name: 'a1', " + overrides));
            jenkins.assertLogContains(
                    "ERROR: “db.password” can’t be set to a value with the secret of the variable "
                            + "“DB_PASS”, because all users who can see the staging can see its overrides. "
                            + "Keep the value as a secret text, and set the key to “credentials:ID” with its "
                            + "ID.",
                    run);
            jenkins.assertLogNotContains(PASSWORD, run);
            assertNull(demo.staging("a1"), overrides);
        }
        jenkins.assertLogContains(
                "The key of an override can’t contain the secret of the variable “DB_PASS”",
                pipelines.fails(within("octopodDeploy project: 'demo', name: 'a1', appOverrides: [(DB_PASS): 'x']")));
        jenkins.assertLogContains(
                "the secret of the variable “PIN”",
                pipelines.fails(within("octopodDeploy project: 'demo', name: 'a1', appOverrides: [pin: PIN]")));
        jenkins.assertLogContains(
                "ERROR: The note can’t contain the secret of the variable “DB_PASS”",
                pipelines.fails(within("octopodDeploy project: 'demo', name: 'a1', note: \"log in with ${DB_PASS}\"")));
        assertNull(demo.staging("a1"));
    }

    /** What isn’t secret, a short text by chance, and a name in place of the secret. */
    @Test
    void othersAreTaken(JenkinsRule rule) throws Exception {
        demo.connectAgent("agent");
        TestCredentials.in(demo.project).text("named", PASSWORD);
        demo.project.getPipelineAccess().setCredentials("named");
        pipelines.succeeds(within("octopodDeploy project: 'demo', name: 'a1', appOverrides: "
                + "['db.user': DB_USER, 'id': 'x4711y', 'db.password': 'credentials:named']"));
        assertEquals(
                Map.of("db.user", "shop", "id", "x4711y", "db.password", "credentials:named"),
                demo.staging("a1").getApplicationOverrides().asMap());
    }
}
