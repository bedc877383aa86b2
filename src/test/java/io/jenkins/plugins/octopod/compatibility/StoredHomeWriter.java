package io.jenkins.plugins.octopod.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.cli.CLICommand;
import hudson.cli.CLICommandInvoker;
import hudson.model.PeriodicWork;
import hudson.model.Result;
import hudson.model.User;
import hudson.plugins.git.GitSCM;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.octopod.dashboard.StagingsView;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.OriginalForm;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestClock;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
    private static final Path SCRIPTS = PLACE.resolve("scripts");

    /** What of a JENKINS_HOME is kept. */
    private static final List<String> KEPT = List.of(
            "config.xml",
            "credentials.xml",
            "fingerprints/",
            "io.jenkins.plugins.octopod.",
            "jobs/",
            "nodes/",
            "org.jenkinsci.plugins.workflow.flow.FlowExecutionList.xml",
            "queue.xml",
            "secrets/hudson.util.Secret",
            "secrets/master.key",
            "users/");

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
            pack();
        } finally {
            Files.deleteIfExists(SCRIPTS.resolve("hold-piped"));
        }
    }

    private void prepare() throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        writeScripts();
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
        configure("", "", "");
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

    private static void writeScripts() throws IOException {
        ScriptDirectory scripts = new ScriptDirectory(SCRIPTS);
        for (ControlScript script :
                List.of(ControlScript.CREATE, ControlScript.UPDATE, ControlScript.ARCHIVE, ControlScript.UNARCHIVE)) {
            String name = script.fileName();
            scripts.with(
                    script,
                    "cd '" + SCRIPTS + "'\necho '" + name + " begins'\necho 'a warning' >&2\n"
                            + "while test -f hold-$8; do sleep 0.2; done\necho \"with ${TOKEN:-no token}\"\n"
                            + "if test -f fail-$8; then echo 'no such image' >&2; exit 3; fi\necho '" + name
                            + " ends'");
        }
        scripts.with(ControlScript.CHECK, "cd '" + SCRIPTS + "'\nif test -f check-$8; then exit $(cat check-$8); fi");
        scripts.with(ControlScript.ARCHIVE_CHECK, "exit 0");
        scripts.with(ControlScript.CLEANUP, "echo 'the volume is in use'; exit 7");
        scripts.with(
                ControlScript.INFO,
                "echo \"app,https://$8.example.com\"; echo 'log,https://logs.example.com/?a=1&b=2'");
    }

    /** Sets the tools and the projects, with what changes of one of them. */
    private void configure(String lifetime, String sleep, String limits) throws Exception {
        Path file = directory.resolve("jenkins.yaml");
        Files.writeString(file, """
                tool:
                  octopodControlScripts:
                    installations:
                    - name: "plain"
                      home: "%s"
                    - name: "chart"
                      properties:
                      - installSource:
                          installers:
                          - octopodHelmScripts:
                              label: "helm"
                              chartRepoUrl: "https://charts.example.com"
                              chartName: "shop"
                              chartVersion: "^1.2"
                              otherCharts: true
                              ingressHostKey: "ingress.hosts[0].host"
                              withoutWaiting: true
                              applicationDefaults: |-
                                ingress.enabled=true
                                resources.limits.memory=512Mi
                unclassified:
                  octopodProjects:
                    projects:
                    - name: "shop"
                      displayName: "The shop"
                      description: "Every feature of the shop, to be tried"
                      projectName: "web-shop"
                      baseDomain: "staging.example.com"
                      namespace: "shop-staging"
                      controlScripts: "plain"
                      agentLabel: "shop"
                      scriptTimeout: 900
                      statusTimeout: 3
                      maxNameLength: 30
                      tagKey: "app.version"
                      lifetime:
                        expiryDays: 90
                        retentionDays: 0
                      checks:
                        interval: 86400
                        timeout: 10
                        parallelism: 8
                        failuresInRow: 3
                      projectProperties:
                      - octopodCredentials:
                          bindings:
                          - string:
                              credentialsId: "token"
                              variable: "TOKEN"
                          - usernamePassword:
                              credentialsId: "database"
                              usernameVariable: "DB_USER"
                              passwordVariable: "DB_PASSWORD"
                    - name: "team/cellar"
                      baseDomain: "cellar.example.com"
                      controlScripts: "plain"
                      agentLabel: "cellar"
                      statusTimeout: 20
                      lifetime:
                        archiveGoneBranches: false
                %s
                %s
                %s
                      checks:
                        interval: 86400
                      projectProperties:
                      - octopodCluster:
                          server: "https://kubernetes.invalid:6443"
                          credentialsId: "cluster-token"
                          namespace: "^${namespace}-^${name}"
                          selector: "app=^${name}"
                          health: BETWEEN_CHECKS
                """.formatted(SCRIPTS, lifetime.indent(8), sleep.indent(6), limits.indent(6))
                .replaceAll("(?m)^\\s*\n", ""));
        ConfigurationAsCode.get().configure(file.toString());
    }

    /** What people, Pipelines and imports do. */
    private void actions() throws Exception {
        ask(
                "shop",
                "orange",
                Map.of(
                        "deployment", List.of(override("app.version", "v1")),
                        "application", List.of(override("A", "1"), Map.of("key", "DEBUG", "removed", true))));
        free("shop/orange", "Running");
        cli("octopod-update", "-p", "shop", "-n", "orange", "-t", "v2", "-e", "B=<two> & \"more\"");
        free("shop/orange", "Running");
        cli("octopod-archive", "-p", "shop", "-n", "orange");
        free("shop/orange", "Archived");
        post("stagings/api/v2/projects/shop/stagings/orange/restore", null);
        free("shop/orange", "Running");
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
        free("shop/broken", "GenericFailure");
        free("shop/partly", "PartialAvailability");
        free("shop/mixed", "TagMismatch");

        cli("octopod-create", "-p", "shop", "-n", "aborted", "-t", "v1");
        StagingRun held =
                TestProject.await("a run", () -> staging("shop/aborted").getLastBuild());
        jenkins.waitForMessage("create begins", held);
        post("job/shop/job/aborted/operations/abort", null);
        free("shop/aborted", "GenericFailure");
        assertEquals(Result.ABORTED, staging("shop/aborted").getLastBuild().getResult());

        cli("octopod-create", "-p", "shop", "-n", "uncleaned", "-t", "v1");
        free("shop/uncleaned", "Running");
        cli("octopod-archive", "-p", "shop", "-n", "uncleaned");
        free("shop/uncleaned", "Archived");
        cli("octopod-cleanup", "-p", "shop", "-n", "uncleaned");
        free("shop/uncleaned", "CleanupFailed");

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
        git(repository, "init", "--initial-branch=main");
        Files.writeString(repository.resolve("Jenkinsfile"), "octopodDeploy(project: 'shop', name: 'branched')");
        git(repository, "add", "Jenkinsfile");
        git(repository, "commit", "-m", "deploy");
        WorkflowMultiBranchProject branches = jenkins.createProject(WorkflowMultiBranchProject.class, "branches");
        GitSCMSource source = new GitSCMSource(repository.toString());
        source.setTraits(List.of(new BranchDiscoveryTrait()));
        branches.getSourcesList().add(new BranchSource(source));
        branches.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        free("shop/branched", "Running");
        branches.delete();
        free("shop/branched", "Archived");
    }

    private static void git(Path repository, String... arguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of("git", "-c", "user.name=Tester", "-c", "user.email=tester@example.com"),
                        Stream.of(arguments))
                .toList();
        assertEquals(
                0,
                new ProcessBuilder(command)
                        .directory(repository.toFile())
                        .inheritIO()
                        .start()
                        .waitFor());
    }

    /** What Jenkins does by itself. */
    private void rules() throws Exception {
        for (String name : List.of("unused", "dated", "long-lived", "until-spring")) {
            cli("octopod-create", "-p", "shop", "-n", name, "-t", "v1");
            free("shop/" + name, "Running");
        }
        put("shop", "unused", Map.of("pinned", false, "expiryDays", 5));
        put("shop", "dated", Map.of("pinned", false, "expiryDate", "2026-01-08T00:00:00Z"));
        put("shop", "long-lived", Map.of("pinned", false, "expiryDays", 30));
        put("shop", "until-spring", Map.of("pinned", false, "expiryDate", "2026-03-20T00:00:00Z"));
        for (String name : List.of("cold", "waits-restore", "waits-cleanup")) {
            cli("octopod-create", "-p", "team/cellar", "-n", name, "-t", "v1");
            free("team/cellar/" + name, "Running");
        }
        cli("octopod-archive", "-p", "team/cellar", "-n", "cold");
        free("team/cellar/cold", "Archived");
        clock.leap(Duration.ofDays(6));
        configure("retentionDays: 3\nexpiryDays: 0", "", "");
        work();
        free("shop/unused", "Archived");
        free("shop/dated", "Archived");
        free("team/cellar/cold", "CleanupFailed");
        clock.leap(Duration.ofHours(2));
        work();
        TestProject.await(
                "another cleanup",
                () -> staging("team/cellar/cold").getLastBuild().getNumber() == 4 ? true : null);
        free("team/cellar/cold", "CleanupFailed");

        // For the one that makes room, the one that was not deployed for the longest time is archived.
        configure("retentionDays: 0\nexpiryDays: 0", "", """
                limits:
                  runningStagings: 3
                  whenFull: ARCHIVE_UNUSED
                """);
        put("team/cellar", "waits-restore", Map.of("pinned", true));
        put("team/cellar", "waits-cleanup", Map.of("pinned", true));
        cli("octopod-create", "-p", "team/cellar", "-n", "old", "-t", "v1");
        free("team/cellar/old", "Running");
        clock.leap(Duration.ofHours(1));
        cli("octopod-create", "-p", "team/cellar", "-n", "newcomer", "-t", "v1");
        free("team/cellar/newcomer", "Running");
        free("team/cellar/old", "Archived");
        put("team/cellar", "waits-restore", Map.of("pinned", false));
        put("team/cellar", "waits-cleanup", Map.of("pinned", false));

        configure("retentionDays: 0\nexpiryDays: 0", """
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
        work();
        free("team/cellar/newcomer", "Archived");
        free("team/cellar/waits-restore", "Archived");
        clock.leapTo(Instant.parse("2026-01-13T08:00:00Z"));
        work();
        free("team/cellar/newcomer", "Running");
        free("team/cellar/waits-restore", "Running");
        free("team/cellar/waits-cleanup", "Running");
        clock.leapTo(END);
        work();
        for (String name : List.of("newcomer", "waits-restore", "waits-cleanup")) {
            free("team/cellar/" + name, "Archived");
        }
    }

    /** What goes on while Jenkins is stopped. */
    private void leaveUnfinished() throws Exception {
        for (String name : List.of("waits-update", "waits-archive")) {
            cli("octopod-create", "-p", "team/cellar", "-n", name, "-t", "v1");
            free("team/cellar/" + name, "Running");
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

    private static Map<String, String> override(String key, String value) {
        return Map.of("key", key, "value", value);
    }

    private static Staging staging(String fullName) {
        return Jenkins.get().getItemByFullName(fullName, Staging.class);
    }

    /** Waits until the staging has that status and no action is going on. */
    private static void free(String fullName, String status) throws Exception {
        try {
            TestProject.await(fullName + " to be " + status, () -> {
                Staging staging = staging(fullName);
                boolean free = staging != null
                        && !staging.isBusy()
                        && (staging.getLastBuild() == null
                                || !staging.getLastBuild().isBuilding());
                return free && staging.getStatus().name().equals(status) ? staging : null;
            });
        } catch (AssertionError e) {
            Staging staging = staging(fullName);
            throw new AssertionError(
                    e.getMessage() + ", it is "
                            + (staging == null
                                    ? "gone"
                                    : staging.getStatus() + " " + JenkinsRule.getLog(staging.getLastBuild())),
                    e);
        }
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

    /** Does at once what the plugin does every minute. */
    private static void work() {
        for (PeriodicWork work : ExtensionList.lookup(PeriodicWork.class)) {
            if (work.getClass().getName().startsWith("io.jenkins.plugins.octopod.")) {
                work.run();
            }
        }
    }

    private void pack() throws IOException {
        Path home = sessions.getHome().toPath();
        Path target = Path.of("target", StoredHome.ARCHIVE);
        try (OutputStream out = Files.newOutputStream(target);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            add(zip, home, "home/");
            for (String agent : List.of("agent-shop", "agent-cellar")) {
                Path scripts = PLACE.resolve(agent).resolve("octopod");
                if (Files.isDirectory(scripts)) {
                    add(zip, scripts, "place/" + agent + "/octopod/");
                }
            }
        }
    }

    private static void add(ZipOutputStream zip, Path root, String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !Files.isSymbolicLink(file))
                    .sorted()
                    .toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                boolean kept = !prefix.equals("home/") || KEPT.stream().anyMatch(name::startsWith);
                if (kept) {
                    zip.putNextEntry(new ZipEntry(prefix + name));
                    zip.write(content(file, name));
                    zip.closeEntry();
                }
            }
        }
    }

    /** Without the JDK of this machine, and with agents that whoever reads the home connects in another way. */
    private static byte[] content(Path file, String name) throws IOException {
        if (!name.startsWith("nodes/") && !name.equals("config.xml")) {
            return Files.readAllBytes(file);
        }
        return Files.readString(file)
                .replaceAll("(?s)<jdks>.*?</jdks>", "<jdks/>")
                .replaceAll("(?s)<launcher .*?</launcher>", "<launcher class=\"hudson.slaves.JNLPLauncher\"/>")
                .replaceAll("(?s)<temporaryOfflineCause.*?</temporaryOfflineCause>", "")
                .getBytes(StandardCharsets.UTF_8);
    }
}
