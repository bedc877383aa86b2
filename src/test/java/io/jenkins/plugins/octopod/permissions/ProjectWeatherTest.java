package io.jenkins.plugins.octopod.permissions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.health.WorstChildHealthMetric;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.JsonClient;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The health of a project names the staging whose runs fail most. Only users who can read all stagings get it. */
@WithSharedJenkins
class ProjectWeatherTest {

    private static final String HIDDEN = "secret-feature";

    @TempDir
    private Path directory;

    private static String api(JenkinsRule jenkins, String user) throws Exception {
        return JsonClient.of(jenkins, user)
                .get("job/demo/api/json?tree=healthReport[description]")
                .text();
    }

    @Test
    void aHiddenStagingIsNotNamed(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"))
                .with(ControlScript.CREATE, "case \"$*\" in *" + HIDDEN + "*) exit 1;; esac");
        TestProject demo = TestProject.withScripts(jenkins, scripts.path());
        demo.connectAgent("agent");
        demo.finished(demo.submit(Kind.CREATE, "seen"));
        assertEquals(
                Result.FAILURE, demo.finished(demo.submit(Kind.CREATE, HIDDEN)).getResult());
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "lead")
                .grant(Item.READ)
                .onItems(demo.project, demo.staging("seen"))
                .to("reader")
                .grant(Item.READ)
                .everywhere()
                .to("lead"));
        demo.project.getHealthMetrics().replaceBy(List.of(new WorstChildHealthMetric(true)));
        demo.project.invalidateBuildHealthReports();

        String first = api(jenkins, "reader");
        assertFalse(first.contains(HIDDEN), first);
        String all = api(jenkins, "lead");
        assertTrue(all.contains(HIDDEN), all);
        String second = api(jenkins, "reader");
        assertFalse(second.contains(HIDDEN), second);
        String list = JsonClient.of(jenkins, "reader").get("").text();
        assertTrue(list.contains("demo"), list);
        assertFalse(list.contains(HIDDEN), list);
    }
}
