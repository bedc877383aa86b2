package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Cause;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.JNLPLauncher;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A real Jenkins that is killed, as {@code kill -9} does, while every action is in every phase; once more before it has gone
 * on with all of them; and started again. One agent lives on meanwhile, another one dies with its Jenkins.
 */
@Tag("jenkins")
class KilledJenkinsTest {

    private static final String OUTLIVING = "outliving";
    private static final String DYING = "dying";
    private static final String PIPED = "piped";
    private static final int EXECUTORS = 60;

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @TempDir
    private Path directory;

    /** An action in a phase, and the staging that it is tried with. */
    private record Case(StagingAction action, Phase phase) {

        static List<Case> all() {
            List<Case> all = new ArrayList<>();
            for (StagingAction action : StagingAction.values()) {
                Stream.of(Phase.values())
                        .filter(phase -> phase.isPartOf(action))
                        .forEach(phase -> all.add(new Case(action, phase)));
            }
            return all;
        }

        String name() {
            return phase.staging(action);
        }

        /** What is queued waits for an agent that takes nothing; the scripts of the others run on one that lives on. */
        OctopodProject project() {
            return KilledJenkinsTest.project(phase == Phase.QUEUED ? DYING : OUTLIVING);
        }

        Staging staging() {
            return project().getItem(name()) instanceof Staging staging ? staging : null;
        }

        boolean isRestored() {
            return action == StagingAction.RESTORE || action == StagingAction.CLEANUP;
        }

        /** How many runs there are before it. */
        int runsBefore() {
            return action == StagingAction.CREATE ? 0 : isRestored() ? 2 : 1;
        }

        Status pendingStatus() {
            return action == StagingAction.CLEANUP ? Status.Archived : action.pendingStatus();
        }

        String overrides() {
            return action == StagingAction.CREATE || action == StagingAction.UPDATE ? "A=1" : "";
        }

        Status statusAfter() {
            return action == StagingAction.ARCHIVE ? Status.Archived : Status.Running;
        }
    }

    @Test
    void everyActionInEveryPhase() throws Throwable {
        HeldScripts scripts = HeldScripts.in(directory.resolve("scripts"));
        jenkins.startJenkins();
        File path = scripts.directory().toFile();
        jenkins.runRemotely(KilledJenkinsTest::configure, path);
        agents.start(jenkins, agent(OUTLIVING));
        agents.start(jenkins, agent(DYING));
        jenkins.runRemotely(KilledJenkinsTest::createStagings);
        for (Case each : Case.all()) {
            if (each.phase() == Phase.RUNNING || each.phase() == Phase.OVER) {
                scripts.hold(each.name());
            } else if (each.phase() == Phase.CHECKING) {
                scripts.doubt(each.name());
            }
        }
        scripts.hold(DYING);
        scripts.hold(PIPED);
        jenkins.runRemotely(KilledJenkinsTest::begin, path);
        kill();
        agents.stop(DYING);

        for (Case each : Case.all()) {
            if (each.phase() == Phase.OVER) {
                scripts.release(each.name());
            }
        }
        jenkins.startJenkins();
        jenkins.runRemotely(KilledJenkinsTest::whatIsSeenIsTrue);
        kill();

        jenkins.startJenkins();
        jenkins.runRemotely(KilledJenkinsTest::whatIsSeenIsTrue);
        for (Case each : Case.all()) {
            scripts.release(each.name());
        }
        scripts.release(DYING);
        scripts.release(PIPED);
        agents.startOnly(jenkins, agent(DYING));
        jenkins.runRemotely(KilledJenkinsTest::everythingComesToItsEnd);
        for (Case each : Case.all()) {
            assertEquals(1, scripts.calls(each.action().script(), each.name()), each.name());
        }
    }

    private static InboundAgentExtension.Options agent(String name) {
        return InboundAgentExtension.Options.newBuilder().name(name).webSocket().build();
    }

    /** As {@code kill -9} does; nothing that it leaves behind is half a file. */
    private void kill() throws Throwable {
        ProcessHandle process = ProcessHandle.of(
                        jenkins.runRemotely(rule -> ProcessHandle.current().pid()))
                .orElseThrow();
        jenkins.stopJenkinsForcibly();
        TestProject.await("Jenkins to be gone", () -> process.isAlive() ? null : process);
        try (Stream<Path> files = Files.walk(jenkins.getHome().toPath().resolve("jobs"))) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".xml")).toList()) {
                assertNotNull(
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(file.toFile()),
                        file.toString());
            }
        }
    }

    private static OctopodProject project(String name) {
        return Jenkins.get().getItemByFullName(name, OctopodProject.class);
    }

    private static void configure(JenkinsRule rule, File scripts) throws Exception {
        addAgent(OUTLIVING, scripts);
        addAgent(DYING, scripts);
        TestProject.installTool(rule, scripts.toPath());
        for (String name : List.of(OUTLIVING, DYING)) {
            OctopodProject project = new OctopodProject(rule.jenkins, name);
            project.setBaseDomain("staging.example.com");
            project.setAgentLabel(name);
            CheckSettings seldom = new CheckSettings();
            seldom.setInterval(86_400);
            project.setChecks(seldom);
            rule.jenkins.add(project, name);
            project.onCreatedFromScratch();
            project.save();
        }
    }

    private static void addAgent(String name, File scripts) throws Exception {
        DumbSlave agent = new DumbSlave(name, new File(scripts.getParentFile(), name).getPath(), new JNLPLauncher());
        agent.setNumExecutors(EXECUTORS);
        agent.setLabelString(name);
        agent.setRetentionStrategy(new RetentionStrategy.Always());
        Jenkins.get().addNode(agent);
    }

    private static void createStagings(JenkinsRule rule) throws Exception {
        ask(project(DYING), Stops.ACCEPTING, Kind.CREATE);
        for (Case each : Case.all()) {
            if (each.runsBefore() > 0) {
                ask(each.project(), each.name(), Kind.CREATE);
            }
        }
        awaitFree(1);
        for (Case each : Case.all()) {
            if (each.isRestored()) {
                ask(each.project(), each.name(), Kind.ARCHIVE);
            }
        }
        awaitFree(2);
    }

    private static void awaitFree(int runs) throws Exception {
        for (Case each : Case.all()) {
            if (each.runsBefore() >= runs) {
                Status status = runs == 1 ? Status.Running : Status.Archived;
                TestProject.await(
                        each.name() + " to be " + status,
                        () -> each.staging().isBusy() || each.staging().getStatus() != status ? null : each);
            }
        }
    }

    private static void ask(OctopodProject project, String name, Kind kind, String... overrides) throws Exception {
        StagingService.submit(StagingRequest.builder(project, name, kind)
                .application(Overrides.parse(String.join("\n", overrides)))
                .cause(new Cause.UserIdCause())
                .build());
    }

    private static void begin(JenkinsRule rule, File scripts) throws Exception {
        new Stops(scripts.toPath()).install();
        ask(project(DYING), DYING, Kind.CREATE);
        TestProject.await("a script of the agent that dies", () -> printed(project(DYING), DYING, "create begins"));
        rule.jenkins.getNode(DYING).toComputer().setTemporarilyOffline(true, null);
        WorkflowJob pipeline = rule.createProject(WorkflowJob.class, "pipeline");
        pipeline.setDefinition(new CpsFlowDefinition(
                "def s = octopodDeploy(project: '" + OUTLIVING + "', name: '" + PIPED + "')\necho \"then=${s.status}\"",
                true));
        WorkflowRun waiting = Objects.requireNonNull(pipeline.scheduleBuild2(0)).waitForStart();
        rule.waitForMessage("create begins", waiting);
        for (Case each : Case.all()) {
            ask(each.project(), each.name(), Kind.valueOf(each.action().name()), each.overrides());
        }
        for (Case each : Case.all()) {
            TestProject.await(each.name() + " to be " + each.phase(), () -> isReached(each, scripts) ? each : null);
        }
        new Thread(() -> {
                    try {
                        ask(project(DYING), Stops.ACCEPTING, Kind.UPDATE, "A=1");
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                })
                .start();
        TestProject.await(
                "the request to be taken in",
                () -> Files.exists(new Stops(scripts.toPath()).stopped(Stops.ACCEPTING)) ? true : null);
    }

    private static boolean isReached(Case one, File scripts) throws Exception {
        return switch (one.phase()) {
            case QUEUED -> Queue.getInstance().getItem(one.staging()) instanceof Queue.BuildableItem;
            case BEGUN, ENDING, ENDED -> Files.exists(new Stops(scripts.toPath()).stopped(one.name()));
            case RUNNING, OVER ->
                printed(one.project(), one.name(), one.action().script() + " begins") != null;
            case CHECKING ->
                one.action() == StagingAction.ARCHIVE
                        ? printed(one.project(), one.name(), "archive ends") != null
                        : printed(one.project(), one.name(), "Still waiting") != null;
        };
    }

    /** Null where the last run hasn’t printed that yet. */
    private static Boolean printed(OctopodProject project, String name, String text) throws Exception {
        Staging staging = (Staging) project.getItem(name);
        StagingRun run = staging == null ? null : staging.getLastBuild();
        return run != null && JenkinsRule.getLog(run).contains(text) ? true : null;
    }

    private static void whatIsSeenIsTrue(JenkinsRule rule) throws Exception {
        for (Case each : Case.all()) {
            if (each.phase() == Phase.ENDED && each.action() == StagingAction.CLEANUP) {
                TestProject.await(each.name() + " to be gone", () -> each.staging() == null ? true : null);
                continue;
            }
            Staging staging = each.staging();
            boolean going = List.of(Phase.QUEUED, Phase.RUNNING, Phase.CHECKING).contains(each.phase());
            if (!going && each.action() == StagingAction.CLEANUP) {
                continue; // it may be gone by now
            }
            assertNotNull(staging, each.name());
            if (each.phase() == Phase.ENDED) {
                assertEquals(each.statusAfter(), staging.getStatus(), each.name());
                assertFalse(staging.isBusy(), each.name());
            } else if (going) {
                assertEquals(each.pendingStatus(), staging.getStatus(), each.name());
                assertTrue(staging.isBusy(), each.name());
            }
            StagingRun run = staging.getLastBuild();
            boolean begun = each.phase() != Phase.QUEUED;
            assertEquals(each.runsBefore() + (begun ? 1 : 0), run == null ? 0 : run.getNumber(), each.name());
        }
        for (Case each : Case.all()) {
            if (each.phase() == Phase.RUNNING) {
                StagingRun run = each.staging().getLastBuild();
                rule.waitForMessage("Jenkins was restarted. This run continues where it stopped.", run);
                assertTrue(run.isBuilding(), each.name());
                rule.assertLogNotContains(each.action().script() + " ends", run);
            }
        }
        Staging accepted = (Staging) project(DYING).getItem(Stops.ACCEPTING);
        assertEquals(Status.UpdatePending, accepted.getStatus());
        assertEquals("A=1", accepted.getApplicationOverrides().toString());
    }

    private static void everythingComesToItsEnd(JenkinsRule rule) throws Exception {
        rule.jenkins.getNode(DYING).toComputer().setTemporarilyOffline(false, null);
        for (Case each : Case.all()) {
            if (each.action() == StagingAction.CLEANUP) {
                TestProject.await(each.name() + " to be gone", () -> each.staging() == null ? true : null);
                assertFalse(new File(each.project().getRootDir(), "jobs/" + each.name()).exists(), each.name());
                continue;
            }
            ended(rule, each.staging(), each.action(), each.runsBefore() + 1);
            assertEquals(each.statusAfter(), each.staging().getStatus(), each.name());
            assertEquals(
                    each.overrides(), each.staging().getApplicationOverrides().toString(), each.name());
        }
        Staging accepted = (Staging) project(DYING).getItem(Stops.ACCEPTING);
        ended(rule, accepted, StagingAction.UPDATE, 2);
        assertEquals("A=1", accepted.getLastBuild().getApplicationOverrides().toString());
        assertEquals("A=1", accepted.getApplicationOverrides().toString());
        Staging dying = (Staging) project(DYING).getItem(DYING);
        ended(rule, dying, StagingAction.CREATE, 1);
        assertEquals(Status.Running, dying.getStatus());

        WorkflowRun pipeline =
                rule.jenkins.getItemByFullName("pipeline", WorkflowJob.class).getLastBuild();
        rule.assertBuildStatusSuccess(rule.waitForCompletion(pipeline));
        rule.assertLogContains("then=Running", pipeline);
        assertNull(Queue.getInstance().getItem(accepted));
    }

    /** Each of its runs is there and has ended well; the last one has its whole log, without a line that is there twice. */
    private static void ended(JenkinsRule rule, Staging staging, StagingAction action, int runs) throws Exception {
        TestProject.await(staging.getName() + " to be free", () -> staging.isBusy() ? null : true);
        assertEquals(runs, staging.getBuilds().size(), staging.getName());
        for (StagingRun run : staging.getBuilds()) {
            rule.assertBuildStatus(Result.SUCCESS, run);
        }
        StagingRun last = staging.getLastBuild();
        assertEquals(action, last.action(), staging.getName());
        List<String> lines = JenkinsRule.getLog(last).lines().toList();
        for (String line : List.of(action.script() + " begins", action.script() + " ends")) {
            assertEquals(1, lines.stream().filter(line::equals).count(), last + ": " + lines);
        }
    }
}
