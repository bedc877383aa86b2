package io.jenkins.plugins.octopod.pipeline.pullrequest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.pipeline.pullrequest.RecordedChecks.Recorded;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.TestExtension;

/** What a check shows of a refused request, and after several requests of one build. */
@WithSharedJenkins
class RefusedChecksTest extends PullRequestScene {

    /** The platform of this test. */
    @TestExtension
    public static final class Platform extends RecordedChecks {}

    /** What the platform shows at the build in the end, after everything that Jenkins had to publish is published. */
    private String last(WorkflowRun build) throws Exception {
        jenkins.buildAndAssertSuccess(job(deploy));
        checks.await(name, ChecksConclusion.SUCCESS);
        List<String> published = checks.of(name).stream()
                .filter(check -> check.build().equals(build.getExternalizableId()))
                .map(Recorded::state)
                .toList();
        return published.get(published.size() - 1);
    }

    @Test
    void refusalIsAFailure() throws Exception {
        scripts.with(ControlScript.CONFIG_CHECK, "echo 'no such tag'; exit 1");
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job(deploy));
        Recorded refused = checks.await(name, ChecksConclusion.FAILURE);
        assertEquals("The deployment was refused", refused.title());
        assertTrue(refused.summary().contains("no such tag"), refused.summary());
        assertEquals("", refused.text());
        assertEquals(jenkins.jenkins.getRootUrl() + build.getUrl(), refused.url());
    }

    @Test
    void refusalContainsNoSettingOfTheProject() throws Exception {
        demo.project.setAgentLabel("secret-machines");
        jenkins.buildAndAssertStatus(Result.FAILURE, job(deploy));
        Recorded refused = checks.await(name, ChecksConclusion.FAILURE);
        assertTrue(refused.summary().contains("No agent has the label of project"), refused.summary());
        assertFalse(refused.summary().contains("secret"), refused.summary());
    }

    @Test
    void refusalNamesNoOtherStaging() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "secret-plan"));
        demo.project.getLimits().setRunningStagings(1);
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job(deploy));
        jenkins.assertLogContains("There are: secret-plan.", build);
        assertEquals(
                "Project “demo” is limited to one staging in use. Archive one of them first.",
                checks.await(name, ChecksConclusion.FAILURE).summary());
    }

    @Test
    void refusalOfAUserWithoutPermissionNamesNoUser() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Computer.BUILD)
                .everywhere()
                .to("secret-user"));
        WorkflowJob job = job(deploy);
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .replace(new MockQueueItemAuthenticator()
                        .authenticate(
                                job.getFullName(),
                                User.getById("secret-user", true).impersonate2()));
        jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertEquals(
                "The user that the build acts as lacks a permission. The console of the build says which one.",
                checks.await(name, ChecksConclusion.FAILURE).summary());
    }

    @Test
    void longReasonIsCut() throws Exception {
        scripts.with(ControlScript.CONFIG_CHECK, "printf %050000d 0 | tr 0 '*'; exit 1");
        jenkins.buildAndAssertStatus(Result.FAILURE, job(deploy));
        Recorded refused = checks.await(name, ChecksConclusion.FAILURE);
        assertTrue(refused.summary().endsWith("\\*…"), refused.summary());
        assertEquals(2 * CheckContentFactory.MAX_REASON + 1, refused.summary().length());
    }

    @Test
    void laterFailureOfTheSameBuildStaysAFailure() throws Exception {
        scripts.with(ControlScript.UPDATE, "exit 1");
        WorkflowRun build = jenkins.buildAndAssertSuccess(
                job(deploy + "\ntry { " + deploy + ", appOverrides: [A: 1] } catch (e) { echo 'failed' }"));
        checks.await(name, ChecksConclusion.FAILURE);
        demo.finished(demo.submit(Kind.ARCHIVE, staging));
        assertEquals("FAILURE", last(build));
    }

    @Test
    void laterRefusalOfTheSameBuildStaysAFailure() throws Exception {
        scripts.with(ControlScript.CONFIG_CHECK, "case \"$*\" in *refuse-me*) echo no; exit 1;; esac");
        WorkflowRun build = jenkins.buildAndAssertSuccess(
                job(deploy + "\ntry { " + deploy + ", appOverrides: [A: 'refuse-me'] } catch (e) { echo 'refused' }"));
        checks.await(name, ChecksConclusion.FAILURE);
        demo.finished(demo.submit(Kind.ARCHIVE, staging));
        assertEquals("FAILURE", last(build));
    }
}
