package io.jenkins.plugins.octopod.staging.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.Node;
import hudson.slaves.NodeProvisioner;
import io.jenkins.plugins.octopod.dashboard.admin.ChecksMonitor;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.OneShotCloud;
import io.jenkins.plugins.octopod.fixtures.ReplacedClock;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.project.ProjectAgents;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.statistics.ProjectStatistics;
import io.jenkins.plugins.octopod.staging.statistics.StagingStatistics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Projects whose label only agents of a cloud have, each of which is there for one task. */
@Tag("jenkins")
@WithJenkins
class CloudAgentTest {

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private SweptProject swept;
    private OneShotCloud cloud;

    @TestExtension
    public static final class AtOnce extends NodeProvisioner.Strategy {
        @Override
        public NodeProvisioner.StrategyDecision apply(NodeProvisioner.StrategyState state) {
            return new OneShotCloud.AtOnce().apply(state);
        }
    }

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        rule.jenkins.setNumExecutors(0);
        swept = SweptProject.create(rule, directory.resolve("scripts"));
        cloud = OneShotCloud.add(rule, directory);
    }

    @AfterEach
    void useSystemClock() {
        CheckScheduler.get().useSystemClock();
    }

    /** The agent of its run is gone afterwards. */
    private Staging created(String name) throws Exception {
        AcceptedRequest request = swept.demo.submit(Kind.CREATE, name);
        TestProject.await("an agent for the run", () -> {
            OneShotCloud.provision();
            return TestProject.run(request);
        });
        swept.finished(request);
        assertEquals(Status.Running, swept.staging(name).getStatus());
        TestProject.await("the agent to be gone", () -> cloud.isEmpty() ? true : null);
        return swept.staging(name);
    }

    @Test
    void oneIsKeptWhileThereIsSomethingToCheck() throws Exception {
        swept.checks.setKeepAgent(true);
        Staging staging = created("a1");
        swept.tell(ControlScript.CHECK, "a1", "echo down >&2; exit 1");
        swept.sweepUntil("an agent to be started, and the truth", () -> {
            OneShotCloud.provision();
            return SweptProject.isConfirmed(staging, Status.GenericFailure);
        });
        List<String> kept = TestProject.await("one agent to be kept", () -> {
            List<String> agents = cloud.agents();
            return agents.size() == 1 && cloud.isSettled() ? agents : null;
        });
        int started = cloud.started();
        swept.tell(ControlScript.CHECK, "a1", "exit 0");
        for (int i = 0; i < 5; i++) {
            swept.sweep("a1");
        }
        assertEquals(Status.Running, staging.getStatus());
        assertEquals(kept, cloud.agents(), "the same one");
        assertEquals(started, cloud.started());
        Computer computer = jenkins.jenkins.getComputer(kept.get(0));
        assertEquals(1, computer.countBusy());
        assertNull(ProjectAgents.cloudOnlyLabel(swept.demo.project));

        // What is archived isn't checked.
        AcceptedRequest archive = swept.demo.submit(Kind.ARCHIVE, "a1");
        TestProject.await("an agent for the run", () -> {
            OneShotCloud.provision();
            return TestProject.run(archive);
        });
        swept.finished(archive);
        assertEquals(Status.Archived, staging.getStatus());
        for (int i = 0; i < 10; i++) {
            swept.sweepUntil("a sweep", () -> true);
        }
        TestProject.await("the agent to be gone", () -> cloud.isEmpty() ? true : null);
    }

    @Test
    void theSettingEndsIt() throws Exception {
        swept.checks.setKeepAgent(true);
        Staging staging = created("a1");
        swept.sweepUntil("an agent to be kept", () -> {
            OneShotCloud.provision();
            return staging.lastChecked().equals(swept.clock.instant());
        });
        TestProject.await(
                "one agent to be kept",
                () -> cloud.isSettled() && cloud.agents().size() == 1 ? true : null);
        swept.checks.setKeepAgent(false);
        TestProject.await("the agent to be gone", () -> cloud.isEmpty() ? true : null);
    }

    @Test
    void withoutTheSettingNothingIsAskedAndNothingIsStale() throws Exception {
        Staging staging = created("a1");
        int checks = swept.checks("a1");
        Path go = directory.resolve("go");
        FreeStyleProject other = jenkins.createFreeStyleProject("other");
        other.setAssignedLabel(Label.get(TestProject.LABEL));
        other.getBuildersList().add(new Held(go));
        var future = other.scheduleBuild2(0);
        FreeStyleBuild build = TestProject.await("another build to have an agent", () -> {
            OneShotCloud.provision();
            FreeStyleBuild last = other.getLastBuild();
            return last != null && last.getBuiltOn() != null ? last : null;
        });
        Node borrowed = build.getBuiltOn();
        assertTrue(borrowed.toComputer().isOnline());
        for (int i = 0; i < 20; i++) {
            swept.sweepUntil("a sweep", () -> true);
        }
        assertFalse(staging.checks().isBeingAsked());
        assertEquals(checks, swept.checks("a1"), "the agent of another build isn't borrowed");
        assertFalse(staging.isStale());
        ProjectStatistics statistics =
                StagingStatistics.at(swept.clock.instant()).projects().get(0);
        assertEquals(TestProject.LABEL, statistics.cloudOnlyLabel());
        String page = jenkins.createWebClient().goTo("manage/staging-checks").asNormalizedText();
        assertTrue(
                page.contains("Agents with the label “staging” come from a cloud, and no agent is kept for checks"),
                page);
        Files.createFile(go);
        jenkins.assertBuildStatusSuccess(future);
    }

    /** With the clock of the sweeps, by which minutes pass, so that administrators would be told if they had to be. */
    @Test
    void administratorsAreNotToldOfChecksThatNoAgentIsThereFor() throws Exception {
        Staging staging = created("a1");
        try (ReplacedClock ignored = ReplacedClock.with(swept.clock)) {
            for (int i = 0; i < 30; i++) {
                swept.sweepUntil("a sweep", () -> true);
            }
            assertFalse(staging.isStale());
            ChecksMonitor monitor = ExtensionList.lookupSingleton(ChecksMonitor.class);
            assertFalse(monitor.isActivated(), () -> monitor.getSentences().toString());
        }
    }

    /** Waits for a file. */
    private static final class Held extends TestBuilder {
        private final transient Path go;

        Held(Path go) {
            this.go = go;
        }

        @Override
        public boolean perform(
                hudson.model.AbstractBuild<?, ?> build, hudson.Launcher launcher, hudson.model.BuildListener listener)
                throws InterruptedException {
            while (!Files.exists(go)) {
                Thread.sleep(50);
            }
            return true;
        }
    }
}
