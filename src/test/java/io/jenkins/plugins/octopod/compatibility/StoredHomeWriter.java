package io.jenkins.plugins.octopod.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.cli.CLICommand;
import hudson.cli.CLICommandInvoker;
import hudson.model.Result;
import hudson.model.User;
import hudson.plugins.git.GitSCM;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.octopod.dashboard.StagingsView;
import io.jenkins.plugins.octopod.fixtures.OriginalForm;
import io.jenkins.plugins.octopod.fixtures.Processes;
import io.jenkins.plugins.octopod.fixtures.TestClock;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.branch.BranchSource;
import jenkins.model.Jenkins;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * Writes the files of {@link StoredHome} into {@code target}. It isn't a test, and only runs when asked for: {@code bin/mvn
 * test -Dtest=StoredHomeWriter}. It needs git, and the permission to make the directory {@link VisibleState#PLACE}, which
 * stays in logs and is the same for everybody.
 */
class StoredHomeWriter {

    /** A Monday. */
    static final Instant START = Instant.parse("2026-01-05T12:00:00Z");

    /** When Jenkins was stopped: by night, so that what sleeps goes on sleeping. */
    static final Instant END = Instant.parse("2026-01-16T21:00:00Z");

    private static final Path PLACE = Path.of(VisibleState.PLACE);
    private static final Path SCRIPTS = StoredHomeProjects.SCRIPTS;

    private static final Object NOTHING = Map.of("deployment", List.of(), "application", List.of());

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private TestClock clock;
    private JenkinsRule jenkins;
    private Visitor alice;

    @Test
    void write() throws Throwable {
        try {
            try (TestClock started = TestClock.start()) {
                clock = started;
                clock.leapTo(START);
                sessions.then(rule -> {
                    jenkins = rule;
                    prepare();
                    actions();
                    rules();
                    leaveUnfinished();
                });
            }
            StoredHomeArchive.pack(sessions.getHome().toPath());
        } finally {
            Files.deleteIfExists(SCRIPTS.resolve("hold-piped"));
        }
    }

    private void prepare() throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        StoredHomeProjects.writeScripts();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("alice")
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone());
        User.getOrCreateByIdOrFullName("alice").save();
        alice = Visitor.loggedIn(jenkins, "alice");
        jenkins.createProject(Folder.class, "team");
        TestCredentials.in(jenkins.jenkins)
                .text("token", "hush-4711")
                .text("cluster-token", "hush-0815")
                .login("database", "shop", "hush-1174");
        StoredHomeProjects.configure(directory, "", "", "");
        StagingsView view = new StagingsView("everything");
        jenkins.jenkins.addView(view);
        view.setDescription("Stagings of all teams");
        for (String agent : List.of("shop", "cellar")) {
            DumbSlave slave = new DumbSlave(
                    agent, PLACE.resolve("agent-" + agent).toString(), jenkins.createComputerLauncher(null));
            slave.setLabelString(agent);
            slave.setNumExecutors(2);
            jenkins.jenkins.addNode(slave);
            jenkins.waitOnline(slave);
        }
    }

    /** What people, Pipelines and imports do. */
    private void actions() throws Exception {
        ask(
                "shop",
                "orange",
                Map.of(
                        "deployment", List.of(StoredHomeActions.override("app.version", "v1")),
                        "application",
                                List.of(
                                        StoredHomeActions.override("A", "1"),
                                        Map.of("key", "DEBUG", "removed", true))));
        StoredHomeActions.free("shop/orange", "Running");
        cli("octopod-update", "-p", "shop", "-n", "orange", "-t", "v2", "-e", "B=<two> & \"more\"");
        StoredHomeActions.free("shop/orange", "Running");
        cli("octopod-archive", "-p", "shop", "-n", "orange");
        StoredHomeActions.free("shop/orange", "Archived");
        post("stagings/api/v2/projects/shop/stagings/orange/restore", null);
        StoredHomeActions.free("shop/orange", "Running");
        put("shop", "orange", Map.of("pinned", true));

        Files.writeString(SCRIPTS.resolve("fail-broken"), "");
        Files.writeString(SCRIPTS.resolve("check-broken"), "1");
        Files.writeString(SCRIPTS.resolve("check-partly"), "2");
        Files.writeString(SCRIPTS.resolve("check-mixed"), "3");
        Files.writeString(SCRIPTS.resolve("hold-aborted"), "");
        Files.writeString(SCRIPTS.resolve("check-aborted"), "1");
        for (String name : List.of("broken", "partly", "mixed")) {
            cli("octopod-create", "-p", "shop", "-n", name, "-t", "v1");
        }
        StoredHomeActions.free("shop/broken", "GenericFailure");
        StoredHomeActions.free("shop/partly", "PartialAvailability");
        StoredHomeActions.free("shop/mixed", "TagMismatch");

        cli("octopod-create", "-p", "shop", "-n", "aborted", "-t", "v1");
        StagingRun held = TestProject.await(
                "a run", () -> StoredHomeActions.staging("shop/aborted").getLastBuild());
        jenkins.waitForMessage("create begins", held);
        post("job/shop/job/aborted/operations/abort", null);
        StoredHomeActions.free("shop/aborted", "GenericFailure");
        assertEquals(
                Result.ABORTED,
                StoredHomeActions.staging("shop/aborted").getLastBuild().getResult());

        cli("octopod-create", "-p", "shop", "-n", "uncleaned", "-t", "v1");
        StoredHomeActions.free("shop/uncleaned", "Running");
        cli("octopod-archive", "-p", "shop", "-n", "uncleaned");
        StoredHomeActions.free("shop/uncleaned", "Archived");
        cli("octopod-cleanup", "-p", "shop", "-n", "uncleaned");
        StoredHomeActions.free("shop/uncleaned", "CleanupFailed");

        CLICommandInvoker.Result imported = new CLICommandInvoker(jenkins, CLICommand.clone("octopod-import"))
                .asUser("alice")
                .withStdin(new ByteArrayInputStream(new OriginalForm()
                        .with("moved", "Running")
                        .with("moved-archived", "Archived")
                        .bytes()))
                .invokeWithArgs("-p", "shop");
        assertEquals(0, imported.returnCode(), imported.toString());

        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class, "deploys");
        pipeline.setDefinition(new CpsFlowDefinition(
                "def s = octopodDeploy(project: 'shop', name: 'feature/By Pipeline', deploymentOverrides: ['app.version': 'v3'])\n"
                        + "echo \"then=${s.status} ${s.links.size()}\"",
                true));
        jenkins.buildAndAssertSuccess(pipeline);
        fromABranch();
    }

    /** A branch deploys a staging, and is deleted with its whole Pipeline. */
    private void fromABranch() throws Exception {
        Path repository = Files.createDirectory(directory.resolve("repository"));
        Processes.git(repository, "init", "--initial-branch=main");
        Files.writeString(repository.resolve("Jenkinsfile"), "octopodDeploy(project: 'shop', name: 'branched')");
        Processes.git(repository, "add", "Jenkinsfile");
        Processes.git(repository, "commit", "-m", "deploy");
        WorkflowMultiBranchProject branches = jenkins.createProject(WorkflowMultiBranchProject.class, "branches");
        GitSCMSource source = new GitSCMSource(repository.toString());
        source.setTraits(List.of(new BranchDiscoveryTrait()));
        branches.getSourcesList().add(new BranchSource(source));
        branches.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        StoredHomeActions.free("shop/branched", "Running");
        branches.delete();
        StoredHomeActions.free("shop/branched", "Archived");
    }

    /** What Jenkins does by itself. */
    private void rules() throws Exception {
        for (String name : List.of("unused", "dated", "long-lived", "until-spring")) {
            cli("octopod-create", "-p", "shop", "-n", name, "-t", "v1");
            StoredHomeActions.free("shop/" + name, "Running");
        }
        put("shop", "unused", Map.of("pinned", false, "expiryDays", 5));
        put("shop", "dated", Map.of("pinned", false, "expiryDate", "2026-01-08T00:00:00Z"));
        put("shop", "long-lived", Map.of("pinned", false, "expiryDays", 30));
        put("shop", "until-spring", Map.of("pinned", false, "expiryDate", "2026-03-20T00:00:00Z"));
        for (String name : List.of("cold", "waits-restore", "waits-cleanup")) {
            cli("octopod-create", "-p", "team/cellar", "-n", name, "-t", "v1");
            StoredHomeActions.free("team/cellar/" + name, "Running");
        }
        cli("octopod-archive", "-p", "team/cellar", "-n", "cold");
        StoredHomeActions.free("team/cellar/cold", "Archived");
        clock.leap(Duration.ofDays(6));
        StoredHomeProjects.configure(directory, "retentionDays: 3\nexpiryDays: 0", "", "");
        StoredHomeActions.work();
        StoredHomeActions.free("shop/unused", "Archived");
        StoredHomeActions.free("shop/dated", "Archived");
        StoredHomeActions.free("team/cellar/cold", "CleanupFailed");
        clock.leap(Duration.ofHours(2));
        StoredHomeActions.work();
        TestProject.await(
                "another cleanup",
                () -> StoredHomeActions.staging("team/cellar/cold")
                                        .getLastBuild()
                                        .getNumber()
                                == 4
                        ? true
                        : null);
        StoredHomeActions.free("team/cellar/cold", "CleanupFailed");

        // For the one that makes room, the one that was not deployed for the longest time is archived.
        StoredHomeProjects.configure(directory, "retentionDays: 0\nexpiryDays: 0", "", """
                limits:
                  runningStagings: 3
                  whenFull: ARCHIVE_UNUSED
                """);
        put("team/cellar", "waits-restore", Map.of("pinned", true));
        put("team/cellar", "waits-cleanup", Map.of("pinned", true));
        cli("octopod-create", "-p", "team/cellar", "-n", "old", "-t", "v1");
        StoredHomeActions.free("team/cellar/old", "Running");
        clock.leap(Duration.ofHours(1));
        cli("octopod-create", "-p", "team/cellar", "-n", "newcomer", "-t", "v1");
        StoredHomeActions.free("team/cellar/newcomer", "Running");
        StoredHomeActions.free("team/cellar/old", "Archived");
        put("team/cellar", "waits-restore", Map.of("pinned", false));
        put("team/cellar", "waits-cleanup", Map.of("pinned", false));

        StoredHomeProjects.configure(directory, "retentionDays: 0\nexpiryDays: 0", """
                sleep:
                  archiveAt: |-
                    TZ=UTC
                    0 20 * * *
                  restoreAt: |-
                    TZ=UTC
                    0 7 * * *
                """, """
                limits:
                  runningStagings: 40
                  runningStagingsPerUser: 30
                  whenFull: ARCHIVE_UNUSED
                  runsAtOnce: 4
                """);
        clock.leapTo(Instant.parse("2026-01-12T21:00:00Z"));
        StoredHomeActions.work();
        StoredHomeActions.free("team/cellar/newcomer", "Archived");
        StoredHomeActions.free("team/cellar/waits-restore", "Archived");
        clock.leapTo(Instant.parse("2026-01-13T08:00:00Z"));
        StoredHomeActions.work();
        StoredHomeActions.free("team/cellar/newcomer", "Running");
        StoredHomeActions.free("team/cellar/waits-restore", "Running");
        StoredHomeActions.free("team/cellar/waits-cleanup", "Running");
        clock.leapTo(END);
        StoredHomeActions.work();
        for (String name : List.of("newcomer", "waits-restore", "waits-cleanup")) {
            StoredHomeActions.free("team/cellar/" + name, "Archived");
        }
    }

    /** What goes on while Jenkins is stopped. */
    private void leaveUnfinished() throws Exception {
        for (String name : List.of("waits-update", "waits-archive")) {
            cli("octopod-create", "-p", "team/cellar", "-n", name, "-t", "v1");
            StoredHomeActions.free("team/cellar/" + name, "Running");
        }
        jenkins.jenkins.getComputer("cellar").setTemporarilyOffline(true);
        cli("octopod-create", "-p", "team/cellar", "-n", "waits-create", "-t", "v1", "-e", "A=1");
        ask("team/cellar", "waits-create-too", NOTHING);
        cli("octopod-update", "-p", "team/cellar", "-n", "waits-update", "-t", "v2");
        cli("octopod-archive", "-p", "team/cellar", "-n", "waits-archive");
        cli("octopod-restore", "-p", "team/cellar", "-n", "waits-restore");
        cli("octopod-cleanup", "-p", "team/cellar", "-n", "waits-cleanup");

        Files.writeString(SCRIPTS.resolve("hold-piped"), "");
        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class, "waits");
        pipeline.setDefinition(new CpsFlowDefinition(
                "def s = octopodDeploy(project: 'shop', name: 'piped', deploymentOverrides: ['app.version': 'v4'])\n"
                        + "echo \"then=${s.status} ${s.links.size()}\"",
                true));
        WorkflowRun waiting = pipeline.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("create begins", waiting);

        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.jenkins.save();
        Files.writeString(
                Path.of("target", StoredHome.STATE),
                VisibleState.MAPPER
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(VisibleState.of(jenkins, VisibleState.PLACE))
                        + "\n");
    }

    private void cli(String command, String... arguments) {
        CLICommandInvoker.Result result = new CLICommandInvoker(jenkins, CLICommand.clone(command))
                .asUser("alice")
                .invokeWithArgs(arguments);
        assertEquals(0, result.returnCode(), result.toString());
    }

    private void ask(String project, String name, Object overrides) throws Exception {
        post(
                "stagings/api/v2/projects/" + project.replace('/', ':') + "/stagings",
                Map.of("name", name, "overrides", overrides));
    }

    private void post(String url, Object body) throws Exception {
        HttpResponse<String> answer = send("POST", url, body);
        assertTrue(answer.statusCode() < 400, url + ": " + answer.body());
    }

    /** Says how long a staging is kept. */
    private void put(String project, String name, Object lifetime) throws Exception {
        String url = "stagings/api/v2/projects/" + project.replace('/', ':') + "/stagings/" + name + "/lifetime";
        HttpResponse<String> answer = send("PUT", url, lifetime);
        assertEquals(200, answer.statusCode(), answer.body());
    }

    private HttpResponse<String> send(String method, String url, Object body) throws Exception {
        List<String> headers = new ArrayList<>(List.of(Visitor.crumb()));
        if (body != null) {
            headers.addAll(List.of("Content-Type", "application/json"));
        }
        return alice.send(
                method,
                url,
                body == null ? null : VisibleState.MAPPER.writeValueAsString(body),
                headers.toArray(new String[0]));
    }
}
