package io.jenkins.plugins.octopod.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.cli.CLICommand;
import hudson.cli.CLICommandInvoker;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What doesn’t go as somebody wants it: a sentence, and an exit code. */
@WithSharedJenkins
class CliRefusalsTest {

    private static final List<String> COMMANDS = List.of(
            "octopod-archive",
            "octopod-cleanup",
            "octopod-confirm-ended",
            "octopod-create",
            "octopod-delete",
            "octopod-import",
            "octopod-info",
            "octopod-list",
            "octopod-logs",
            "octopod-note",
            "octopod-restore",
            "octopod-status",
            "octopod-update",
            "octopod-wait");

    @TempDir
    private Path directory;

    private JenkinsRule rule;
    private ScriptDirectory scripts;
    private TestProject project;

    @Test
    void sentencesAndExitCodes(JenkinsRule jenkins) throws Exception {
        rule = jenkins;
        scripts = new ScriptDirectory(directory.resolve("scripts"))
                .with(ControlScript.CREATE, "echo printed by create; case \"$*\" in *busy*) sleep 300;; esac")
                .with(ControlScript.UPDATE, "echo it is on stderr >&2; exit 3")
                .with(ControlScript.CHECK, "exit 0");
        project = TestProject.withScripts(jenkins, scripts.path());
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        allHaveHelp();
        refused(5, "label", run("admin", "octopod-create", "-n", "new-one"));
        project.connectAgent("agent");
        project.finished(asAdmin(Kind.CREATE, "idle"));
        badUsage();
        unknown();
        printsWhatATerminalCanTake();
        aborted();
        failed();
        otherProjects();
    }

    private void allHaveHelp() {
        List<String> names = ExtensionList.lookup(CLICommand.class).stream()
                .map(CLICommand::getName)
                .filter(name -> name.startsWith("octopod-"))
                .sorted()
                .toList();
        assertEquals(COMMANDS, names);
        for (String name : names) {
            CLICommand command = CLICommand.clone(name);
            assertTrue(command.getShortDescription().endsWith("."), name);
            assertTrue(command.getUsage().contains("-p (--project) PROJECT"), name);
            String description = command.getLongDescription();
            assertTrue(description.startsWith(command.getShortDescription() + System.lineSeparator()), description);
            assertEquals(2, description.lines().count(), description);
            assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(description + command.getUsage()), name);
        }
    }

    /** While the only executor is taken. */
    private void takenOutOfTheQueue() throws Exception {
        CLICommand create = CLICommand.clone("octopod-create");
        create.setTransportAuth2(User.getOrCreateByIdOrFullName("admin").impersonate2());
        create.setClientCharset(StandardCharsets.UTF_8);
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> create.main(
                List.of("-n", "queued", "--wait"),
                Locale.ENGLISH,
                InputStream.nullInputStream(),
                new PrintStream(stdout, true, StandardCharsets.UTF_8),
                new PrintStream(stderr, true, StandardCharsets.UTF_8)));
        TestProject.await(
                "the reason",
                () -> text(stderr).contains("The run of staging “queued” is in the queue: ") ? true : null);
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            StagingService.abort(project.staging("queued"));
        }
        assertEquals(17, waiting.get(), text(stderr));
        assertEquals("", text(stdout));
        assertTrue(
                text(stderr)
                        .contains("ERROR: "
                                + project.staging("queued").observedState().reason()),
                text(stderr));
        refused(3, "The staging “queued” has no action yet.", run("admin", "octopod-logs", "-n", "queued"));
        refused(17, "taken out of the queue", run("admin", "octopod-wait", "-n", "queued"));
        assertEquals(0, run("admin", "octopod-delete", "-n", "queued").returnCode());
    }

    private static String text(ByteArrayOutputStream printed) {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void badUsage() {
        for (String[] line : new String[][] {
            {"octopod-create"},
            {"octopod-create", "-n"},
            {"octopod-create", "-n", "new-one", "-e", "KEY"},
            {"octopod-create", "-n", "new-one", "-e", "=1"},
            {"octopod-create", "-n", "new-one", "-E", "KEY"},
            {"octopod-update", "-n", "idle", "-O", " . "},
            {"octopod-archive", "-n", "idle", "-e", "KEY=1"},
            {"octopod-list", "-n", "idle"},
            {"octopod-logs", "-a", "some"},
            {"octopod-logs", "-a", "1000001", "-n", "idle"},
            {"octopod-logs", "-n", "idle", "-l", "both"},
            {"octopod-info", "-n", "idle", "more"},
        }) {
            CLICommandInvoker.Result result =
                    run("admin", line[0], List.of(line).subList(1, line.length).toArray(new String[0]));
            refused(2, "java -jar jenkins-cli.jar " + line[0], result);
        }
        refused(2, "“KEY” has no value", run("admin", "octopod-create", "-n", "new-one", "-e", "KEY"));
        refused(3, "-a ID", run("admin", "octopod-logs"));
    }

    private void unknown() {
        refused(
                3,
                "There is no Octopod project “nothing” that you may see",
                run("admin", "octopod-list", "-p", "nothing"));
        refused(3, "Did you mean “demo”", run("admin", "octopod-list", "-p", "demp"));
        refused(3, "no staging “ghost” in project “demo”", run("admin", "octopod-info", "-n", "ghost"));
        refused(3, "no staging “IDLE”", run("admin", "octopod-info", "-n", "IDLE"));
        refused(3, "There is no action 9000001", run("admin", "octopod-logs", "-a", "9000001"));
        refused(3, "lower-case", run("admin", "octopod-create", "-n", "Not-A-Name"));
        refused(6, "Job/Create", run("reader", "octopod-create", "-n", "new-one"));
        refused(6, "Staging/Log", run("reader", "octopod-logs", "-n", "idle"));
        assertEquals(
                List.of("idle"),
                TestProject.files(project.project.getRootDir().toPath().resolve("jobs")));
    }

    private void printsWhatATerminalCanTake() throws Exception {
        scripts.with(ControlScript.UPDATE, "printf '\\303\\244 is two bytes'");
        CLICommandInvoker.Result updated =
                run("admin", "octopod-update", "-n", "idle", "-e", "COLOR=red\nand more", "--wait");
        assertEquals(0, updated.returnCode(), updated.toString());
        assertTrue(updated.stdout().contains("ä is two bytes"), updated.stdout());
        assertEquals(
                "ä is two bytes",
                run("admin", "octopod-logs", "-n", "idle", "-l", "stdout").stdout());
        CLICommand info = CLICommand.clone("octopod-info");
        info.setClientCharset(StandardCharsets.US_ASCII);
        String text = new CLICommandInvoker(rule, info)
                .asUser("admin")
                .invokeWithArgs("-n", "idle")
                .stdout();
        assertTrue(text.contains("| COLOR | red\\nand more |"), text);
        scripts.with(ControlScript.UPDATE, "echo it is on stderr >&2; exit 3");
    }

    /** Told of the end, and of what may be told before it, by whatever one may see. */
    private void aborted() throws Exception {
        CompletableFuture<CLICommandInvoker.Result> deployer =
                CompletableFuture.supplyAsync(() -> run("admin", "octopod-create", "-n", "busy", "--wait"));
        TestProject.await("the staging", () -> project.staging("busy"));
        StagingRun run =
                TestProject.await("its run", () -> project.staging("busy").getLastBuild());
        rule.waitForMessage("printed by create", run);
        CompletableFuture<CLICommandInvoker.Result> reader =
                CompletableFuture.supplyAsync(() -> run("reader", "octopod-wait", "-n", "busy"));
        refused(4, "being created", run("admin", "octopod-archive", "-n", "busy"));
        takenOutOfTheQueue();
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            StagingService.abort(project.staging("busy"));
        }
        CLICommandInvoker.Result told = deployer.get();
        assertTrue(told.stdout().contains("printed by create"), told.toString());
        assertTrue(told.stdout().contains("Finished: ABORTED"), told.toString());
        refused(17, run.getReason(), told);
        CLICommandInvoker.Result less = reader.get();
        assertEquals("", less.stdout());
        refused(17, run.getReason(), less);
    }

    private void failed() throws Exception {
        CLICommandInvoker.Result failed = run(
                "admin", "octopod-update", "-n", "idle", "-E", "NOTHING", "-o", "image.tag=v1", "-t", "v2", "--wait");
        refused(16, "it is on stderr", failed);
        assertTrue(failed.stdout().contains("[stderr] it is on stderr"), failed.stdout());
        assertEquals(Overrides.parse("image.tag=v2"), project.staging("idle").getDeploymentOverrides());
        assertEquals(
                "it is on stderr\n",
                run("admin", "octopod-logs", "-n", "idle", "-l", "stderr").stdout());
        Files.delete(project.staging("idle").getLastBuild().getLogFile().toPath());
        refused(5, "no longer exists", run("admin", "octopod-logs", "-n", "idle"));
    }

    private void otherProjects() throws Exception {
        rule.jenkins.add(new OctopodProject(rule.jenkins, "other"), "other");
        refused(3, "Select a project with -p: demo, other.", run("admin", "octopod-list"));
        assertEquals("", run("admin", "octopod-list", "-p", "other").stdout());
        rule.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("reader"));
        refused(3, "no Octopod project that you may see", run("reader", "octopod-list"));
        refused(3, "no Octopod project “demo”", run("reader", "octopod-list", "-p", "demo"));
    }

    private AcceptedRequest asAdmin(Kind kind, String name) throws Exception {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return project.submit(kind, name);
        }
    }

    private CLICommandInvoker.Result run(String user, String command, String... arguments) {
        CLICommand cloned = CLICommand.clone(command);
        cloned.setClientCharset(StandardCharsets.UTF_8);
        return new CLICommandInvoker(rule, cloned).asUser(user).invokeWithArgs(arguments);
    }

    private static void refused(int exitCode, String sentence, CLICommandInvoker.Result result) {
        assertEquals(exitCode, result.returnCode(), result.toString());
        assertTrue(result.stderr().contains("ERROR: "), result.toString());
        assertTrue(result.stderr().contains(sentence), sentence + " in " + result);
        assertFalse(result.stderr().contains("\tat "), result.toString());
    }
}
