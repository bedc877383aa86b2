package io.jenkins.plugins.octopod.dashboard.build;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.staging.build.BranchSourceInfo;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Tests the way from a staging to its pull request, with a branch source that says what the tests need. */
@Tag("jenkins")
@WithJenkins
class PullRequestOriginTest {

    private static final String HASH = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path directory;

    /** Tells the jobs apart by their names. */
    @TestExtension
    public static final class Source extends BranchSourceInfo {

        @Override
        protected Head headOf(@NonNull Job<?, ?> job) {
            return job.getName().equals("evil")
                    ? new Head("PR-8", true, "<b>Bold</b>", "javascript:alert(1)")
                    : new Head("PR-7", true, "An orange button", "https://git.example.com/pulls/7");
        }

        @Override
        protected String commitOf(@NonNull Run<?, ?> build) {
            return build.getParent().getName().equals("evil") ? "<i>revision</i>" : HASH + "+" + HASH;
        }
    }

    private String deployedBy(JenkinsRule jenkins, String name) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition("octopodDeploy(project: 'demo', name: '" + name + "')", true));
        jenkins.buildAndAssertSuccess(job);
        return Visitor.anonymous(jenkins).get("job/demo/job/" + name + "/live/").body();
    }

    @Test
    void leadsToThePullRequestIfTheAddressIsSafe(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.withScripts(jenkins, new ScriptDirectory(directory.resolve("scripts")).path());
        demo.connectAgent("agent");
        String page = deployedBy(jenkins, "good");
        for (String part :
                new String[] {"PR-7: An orange button", "href=\"https://git.example.com/pulls/7\"", ">0123456789<"}) {
            assertTrue(page.contains(part), () -> part + " in " + page);
        }
        String evil = deployedBy(jenkins, "evil");
        assertTrue(evil.contains("PR-8: &lt;b>Bold&lt;/b>"), evil);
        assertFalse(evil.contains("<i>revision"), evil);
        assertFalse(evil.contains("javascript:"), evil);
    }
}
