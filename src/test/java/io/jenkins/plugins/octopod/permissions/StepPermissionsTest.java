package io.jenkins.plugins.octopod.permissions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.User;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.springframework.security.core.Authentication;

/** Each step of a Pipeline, in builds that act as each {@link Role}. */
@WithSharedJenkins
class StepPermissionsTest {

    /**
     * A step. What would change something is asked of a busy staging by those who may, so that the rules refuse it; and of
     * an idle one by those who may not, so that it would have an effect.
     *
     * @param telling what the console says for those who may, and for no other
     */
    record Row(String step, Set<Role> allowed, String telling) {}

    static final List<Row> ROWS = List.of(
            new Row("octopodStatus project: 'demo', name: 'idle'", Role.READERS, "is Running"),
            new Row("octopodDeploy project: 'demo', name: 'new'", Role.CREATORS, "Project “demo” is limited to"),
            new Row("octopodDeploy project: 'demo', name: '{name}', whenBusy: 'fail'", Role.DEPLOYERS, "being created"),
            new Row(
                    "octopodArchive project: 'demo', name: '{name}', whenBusy: 'fail'",
                    Role.DEPLOYERS,
                    "being created"),
            new Row(
                    "octopodRestore project: 'demo', name: '{name}', whenBusy: 'fail'",
                    Role.DEPLOYERS,
                    "being created"),
            new Row(
                    "octopodCleanup project: 'demo', name: '{name}', whenBusy: 'fail'",
                    Role.CLEANERS,
                    "being created"));

    @TempDir
    private Path directory;

    private PermissionScene scene;

    @Test
    void noStepIsForgotten(JenkinsRule jenkins) {
        Set<String> listed = ROWS.stream().map(row -> row.step().split(" ")[0]).collect(Collectors.toSet());
        Set<String> there = StepDescriptor.all().stream()
                .map(StepDescriptor::getFunctionName)
                .filter(name -> name.startsWith("octopod"))
                .collect(Collectors.toSet());
        assertEquals(there, listed);
    }

    @Test
    void everyRoleMayWhatItIsToAndNothingElse(JenkinsRule jenkins) throws Exception {
        scene = new PermissionScene(jenkins, new ScriptDirectory(directory.resolve("scripts")));
        scene.project.project.getLimits().setRunningStagings(2);

        CheckList checks = new CheckList();
        for (Role role : Role.values()) {
            role.visit(jenkins);
            for (Row row : ROWS) {
                checks.run(() -> check(jenkins, row, role));
            }
        }
        scene.end();
        checks.assertPassed();
    }

    private void check(JenkinsRule jenkins, Row row, Role role) throws Exception {
        boolean allowed = PermissionRow.isAmong(role, row.allowed());
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .replace(new MockQueueItemAuthenticator().authenticate(job.getFullName(), authentication(role)));
        String step = row.step().replace("{name}", allowed ? "busy" : "idle");
        job.setDefinition(new CpsFlowDefinition("def said = " + step + "\necho \"it is ${said.status}\"", true));
        String before = scene.state();
        WorkflowRun run = job.scheduleBuild2(0).get();
        String log = JenkinsRule.getLog(run);
        String told = role + ": " + row.step() + '\n' + log;
        assertEquals(allowed, log.contains(row.telling()), told);
        // A build of an anonymous user acts for no user: the project has a say, too.
        boolean refused = log.contains("is missing the Job/") || log.contains("This build acts for no user");
        assertEquals(!allowed && role.isReader(), refused, told);
        assertEquals(!role.isReader(), log.contains("There is no Octopod project “demo”"), told);
        assertEquals(before, scene.state(), told);
    }

    private static Authentication authentication(Role role) {
        return role.isAnonymous()
                ? Jenkins.ANONYMOUS2
                : User.getById(role.userId(), true).impersonate2();
    }
}
