package io.jenkins.plugins.octopod.pipeline.pullrequest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.project.access.PullRequestChecks;
import io.jenkins.plugins.octopod.staging.Staging;
import java.nio.file.Files;
import java.nio.file.Path;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A Jenkins with plugins as they are installed, but without the one that publishes checks. */
@Tag("jenkins")
class NoChecksPluginTest {

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension().omitPlugins("checks-api");

    @TempDir
    private Path scripts;

    @Test
    void deploysWithoutIt() throws Throwable {
        String path = new ScriptDirectory(scripts).path().toString();
        jenkins.then(rule -> {
            deploy(rule, path);
        });
    }

    private static void deploy(JenkinsRule rule, String scriptsPath) throws Exception {
        assertNull(rule.jenkins.getPluginManager().getPlugin("checks-api"));
        rule.jenkins.setLabelString(TestProject.LABEL);
        rule.jenkins.setNumExecutors(2);
        TestProject demo = TestProject.withScripts(rule, Path.of(scriptsPath));
        HtmlForm form =
                rule.createWebClient().getPage(demo.project, "configure").getFormByName("config");
        form.getSelectByName("pullRequestChecks").setSelectedAttribute("WITHOUT_LOG", true);
        rule.submit(form);
        assertEquals(PullRequestChecks.WITHOUT_LOG, demo.project.getPullRequestChecks());

        WorkflowJob job = rule.createProject(WorkflowJob.class, "pipeline");
        job.setDefinition(new CpsFlowDefinition("octopodDeploy project: 'demo', name: 'pr-7'", true));
        rule.buildAndAssertStatus(Result.SUCCESS, job);
        Staging staging = demo.staging("pr-7");
        assertEquals(Status.Running, staging.getStatus());
        assertFalse(Files.exists(staging.getRootDir().toPath().resolve("pull-request-checks.xml")));
        staging.delete();
    }
}
