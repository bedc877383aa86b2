package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Cause;
import hudson.slaves.DumbSlave;
import hudson.slaves.JNLPLauncher;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A real Jenkins that is killed as {@code kill -9} does it. Jenkins writes its queue some time after it has changed, so after a
 * kill the queue can be older than what was done since.
 */
@Tag("jenkins")
class KilledQueueTest {

    private static final String AGENT = "agent";

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @TempDir
    private Path directory;

    /** @param delay after how many seconds Jenkins writes its queue */
    @ParameterizedTest(name = "written after {0} seconds")
    @ValueSource(ints = {0, 25})
    void whatWasDoneIsNotDoneAgainAndWhatWasAcceptedIsDone(int delay) throws Throwable {
        jenkins.javaOptions("-Dhudson.model.Queue.Saver.DELAY_SECONDS=" + delay);
        HeldScripts scripts = HeldScripts.in(directory.resolve("scripts"));
        jenkins.startJenkins();
        jenkins.runRemotely(KilledQueueTest::configure, scripts.directory().toFile());
        agents.start(
                jenkins,
                InboundAgentExtension.Options.newBuilder()
                        .name(AGENT)
                        .webSocket()
                        .build());
        jenkins.runRemotely(KilledQueueTest::submitTwo);
        Path queue = jenkins.getHome().toPath().resolve("queue.xml");
        String saved = TestProject.await("Jenkins to write its queue", () -> {
            String text = Files.exists(queue) ? Files.readString(queue) : "";
            return text.contains("ARCHIVE") && text.contains("UPDATE") ? text : null;
        });
        jenkins.runRemotely(KilledQueueTest::finishAndSubmitMore);
        kill();
        if (delay > 0) {
            // On a slow machine the next time to write it may have come.
            Files.writeString(queue, saved);
        }

        jenkins.startJenkins();
        jenkins.runRemotely(KilledQueueTest::everythingEnds);
        assertEquals(1, scripts.calls(ControlScript.ARCHIVE, "orange"));
        assertTrue(Files.exists(scripts.directory().resolve("state-orange")));
        assertEquals(2, scripts.calls(ControlScript.UPDATE, "lemon"));
    }

    private void kill() throws Throwable {
        ProcessHandle process = ProcessHandle.of(
                        jenkins.runRemotely(rule -> ProcessHandle.current().pid()))
                .orElseThrow();
        jenkins.stopJenkinsForcibly();
        TestProject.await("Jenkins to be gone", () -> process.isAlive() ? null : process);
    }

    private static OctopodProject project() {
        return Jenkins.get().getItemByFullName("demo", OctopodProject.class);
    }

    private static Staging staging(String name) {
        return (Staging) project().getItem(name);
    }

    private static void configure(JenkinsRule rule, File scripts) throws Exception {
        DumbSlave agent = new DumbSlave(AGENT, new File(scripts.getParentFile(), AGENT).getPath(), new JNLPLauncher());
        agent.setNumExecutors(4);
        agent.setLabelString(AGENT);
        agent.setRetentionStrategy(new RetentionStrategy.Always());
        Jenkins.get().addNode(agent);
        TestProject.installTool(rule, scripts.toPath());
        OctopodProject project = new OctopodProject(rule.jenkins, "demo");
        project.setBaseDomain("staging.example.com");
        project.setAgentLabel(AGENT);
        CheckSettings seldom = new CheckSettings();
        seldom.setInterval(86_400);
        project.setChecks(seldom);
        rule.jenkins.add(project, "demo");
        project.onCreatedFromScratch();
        project.save();
    }

    private static void submit(String name, Kind kind, String... overrides) throws Exception {
        StagingService.submit(StagingRequest.builder(project(), name, kind)
                .application(Overrides.parse(String.join("\n", overrides)))
                .cause(new Cause.UserIdCause())
                .build());
    }

    private static void awaitIdle(String name, Status status) throws Exception {
        TestProject.await(
                name + " to be " + status,
                () -> staging(name).isBusy() || staging(name).getStatus() != status ? null : name);
    }

    private static void setOffline(boolean offline) throws Exception {
        TestProject.await(
                "the agent", () -> Jenkins.get().getNode(AGENT).toComputer().getChannel());
        Jenkins.get().getNode(AGENT).toComputer().setTemporarilyOffline(offline, null);
    }

    private static void submitTwo(JenkinsRule rule) throws Exception {
        submit("orange", Kind.CREATE);
        submit("lemon", Kind.CREATE);
        awaitIdle("orange", Status.Running);
        awaitIdle("lemon", Status.Running);
        setOffline(true);
        submit("orange", Kind.ARCHIVE);
        submit("lemon", Kind.UPDATE, "A=1");
    }

    private static void finishAndSubmitMore(JenkinsRule rule) throws Exception {
        setOffline(false);
        awaitIdle("orange", Status.Archived);
        awaitIdle("lemon", Status.Running);
        submit("orange", Kind.RESTORE);
        awaitIdle("orange", Status.Running);
        setOffline(true);
        submit("lemon", Kind.UPDATE, "A=2");
    }

    private static void everythingEnds(JenkinsRule rule) throws Exception {
        setOffline(false);
        awaitIdle("lemon", Status.Running);
        awaitIdle("orange", Status.Running);
        rule.waitUntilNoActivity();
        assertEquals(
                "A=2", staging("lemon").getLastBuild().getApplicationOverrides().toString());
        assertEquals(3, staging("lemon").getBuilds().size());
        assertEquals(3, staging("orange").getBuilds().size());
    }
}
