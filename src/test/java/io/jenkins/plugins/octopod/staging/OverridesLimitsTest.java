package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.cli.CLICommand;
import hudson.cli.CLICommandInvoker;
import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.security.SecuritySettings;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.request.ExternalStaging;
import io.jenkins.plugins.octopod.staging.request.StagingImporter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Overrides are limited wherever they come from, and the limits are those of the administrator. */
@WithSharedJenkins
class OverridesLimitsTest {

    private static final String SENTENCE = "A staging can have at most 3 overrides, and these are 4";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private TestProject demo;

    @BeforeEach
    void project(JenkinsRule rule) throws Exception {
        jenkins = rule;
        demo = TestProject.withScripts(rule, new ScriptDirectory(directory.resolve("scripts")).path());
        demo.connectAgent("agent");
        SecuritySettings.get().setMaxOverrides(3);
    }

    private String refused(String... overrides) {
        return assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, "a1", overrides))
                .getMessage();
    }

    @Test
    void eachLimitHasItsSentence() throws Exception {
        assertTrue(refused("A=1", "B=2", "C=3", "-D").startsWith(SENTENCE));
        assertTrue(refused("A".repeat(501) + "=1").contains("a key can have at most 500"));
        assertTrue(refused("A=" + "1".repeat(100_001)).contains("a value can have at most 100,000"));
        SecuritySettings.get().setMaxOverridesSize(1);
        assertTrue(refused("A=" + "1".repeat(1024)).contains("can have at most 1 KiB together"));
        demo.finished(demo.submit(Kind.CREATE, "a1", "A=1", "B=2", "C=3"));
        assertTrue(assertThrows(RefusalException.class, () -> demo.submit(Kind.MERGE, "a1", "D=4"))
                .getMessage()
                .startsWith(SENTENCE));
    }

    @Test
    void whatAStagingHasMayStay() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1", "A=1", "B=2", "C=3"));
        SecuritySettings.get().setMaxOverrides(1);
        demo.finished(demo.submit(Kind.MERGE, "a1"));
        demo.finished(demo.submit(Kind.ARCHIVE, "a1"));
        assertEquals(3, demo.staging("a1").getApplicationOverrides().asMap().size());
    }

    @Test
    void noWayGoesRoundThem() throws Exception {
        Visitor visitor = Visitor.anonymous(jenkins);
        String v1 = "[[\"A\",{\"tag\":\"ValueDeleted\"}],[\"B\",{\"tag\":\"ValueDeleted\"}],"
                + "[\"C\",{\"tag\":\"ValueDeleted\"}],[\"D\",{\"tag\":\"ValueDeleted\"}]]";
        assertRefused(
                400,
                visitor.post(
                        "job/demo/octopod/api/v1/deployments",
                        Visitor.JSON,
                        "{\"name\":\"a1\",\"app_overrides\":" + v1 + ",\"deployment_overrides\":[]}"));
        String lines = "[{\"key\":\"A\",\"value\":\"1\"},{\"key\":\"B\",\"value\":\"1\"},"
                + "{\"key\":\"C\",\"value\":\"1\"},{\"key\":\"D\",\"value\":\"1\"}]";
        assertRefused(
                422,
                visitor.post(
                        "stagings/api/v2/projects/demo/stagings",
                        Visitor.JSON,
                        "{\"name\":\"a1\",\"overrides\":{\"deployment\":[],\"application\":" + lines + "}}"));
        assertRefused(
                400,
                visitor.post(
                        "job/demo/staging-form/submit",
                        Visitor.JSON,
                        "{\"wish\":\"CREATE\",\"names\":[\"a1\"],\"application\":" + lines + "}"));
        CLICommandInvoker.Result command = new CLICommandInvoker(jenkins, CLICommand.clone("octopod-create"))
                .invokeWithArgs("-p", "demo", "-n", "a1", "-e", "A=1", "-e", "B=1", "-e", "C=1", "-e", "D=1");
        assertTrue(command.stderr().contains(SENTENCE), command.toString());
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline");
        job.setDefinition(new CpsFlowDefinition(
                "octopodDeploy project: '/demo', name: 'a1', appOverrides: [A: '1', B: '1', C: '1', D: '1']", true));
        jenkins.assertLogContains(SENTENCE, jenkins.buildAndAssertStatus(Result.FAILURE, job));
        assertTrue(assertThrows(RefusalException.class, () -> StagingImporter.importStaging(demo.project, external()))
                .getMessage()
                .startsWith(SENTENCE));
        assertEquals(List.of(), List.copyOf(demo.project.getItems()));
    }

    private static ExternalStaging external() throws Exception {
        Overrides four = Overrides.of(Map.of("A", "1", "B", "1", "C", "1", "D", "1"));
        return new ExternalStaging(
                "a1",
                Status.Running,
                List.of(),
                new StagingOverrides(four, Overrides.NONE),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static void assertRefused(int status, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertTrue(response.body().contains(SENTENCE), response.body());
    }
}
