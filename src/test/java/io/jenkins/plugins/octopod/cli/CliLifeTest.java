package io.jenkins.plugins.octopod.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.octopod.cli.output.RunFollower;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.JenkinsCli;
import io.jenkins.plugins.octopod.fixtures.JenkinsCli.Ended;
import io.jenkins.plugins.octopod.fixtures.OriginalForm;
import io.jenkins.plugins.octopod.fixtures.SshKey;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.main.modules.sshd.SSHD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** A staging’s life from a terminal: {@code jenkins-cli.jar} in processes of its own, by WebSocket, HTTP and SSH. */
@WithSharedJenkins
class CliLifeTest {

    @TempDir
    private Path directory;

    private TestProject demo;
    private JenkinsCli cli;
    private SshKey key;

    @Test
    void wholeLife(JenkinsRule jenkins) throws Exception {
        demo = TestProject.demo(jenkins, directory.resolve("demo"));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CREATE, Item.BUILD, Item.DELETE)
                .everywhere()
                .to("ci"));
        String token = jenkins.createApiToken(User.getOrCreateByIdOrFullName("ci"));
        cli = new JenkinsCli(jenkins, directory.resolve("cli"), "ci:" + token);
        SSHD.get().setPort(0);
        key = SshKey.of("ci");
        try {
            helps();
            creates();
            informs();
            notes();
            updates();
            showsLogs();
            cli.use("-http");
            archivesAndRestores();
            cutOffLeavesTheRun();
            cli.use("-webSocket");
            cutOffLeavesTheRun();
            cli.useSsh(key);
            cutOffLeavesTheRun();
            cleansUp();
            fails();
            imports();
        } finally {
            Path target = Files.createDirectories(Path.of("target"));
            Files.writeString(target.resolve("octopod-cli-transcript.txt"), cli.transcript());
        }
    }

    private void helps() throws Exception {
        Ended help = cli.run("help", "octopod-update");
        assertEquals(0, help.exitCode(), help.toString());
        for (String part : new String[] {"keeps all others", "-E (--unset-app-config", "--wait", "-p (--project)"}) {
            assertTrue(help.stderr().contains(part), part + " in " + help.stderr());
        }
    }

    private void creates() throws Exception {
        Ended created = cli.run(
                "octopod-create",
                "-p",
                "demo",
                "-n",
                "orange-button",
                "-t",
                "v1",
                "-e",
                "TEAM=cactus",
                "-e",
                "COLOR=green",
                "--remove-app-config",
                "DEBUG",
                "--wait");
        assertEquals(0, created.exitCode(), created.toString());
        assertTrue(created.stdout().contains("Creating orange-button, image tag \"v1\""), created.stdout());
        assertTrue(created.stdout().contains("Started from command line by ci"), created.stdout());
        assertTrue(created.stdout().endsWith("Finished: SUCCESS\n"), created.stdout());
        assertEquals("", created.stderr());
        assertEquals("ci", demo.staging("orange-button").getCreatedBy());

        Ended twice = cli.run("octopod-create", "-p", "demo", "-n", "orange-button");
        assertEquals(3, twice.exitCode(), twice.toString());
        assertTrue(twice.stderr().startsWith("\nERROR: "), twice.stderr());
    }

    private void informs() throws Exception {
        assertEquals("orange-button\n", cli.run("octopod-list").stdout());
        JsonNode list = json(cli.run("octopod-list", "--project", "demo", "--json"));
        assertEquals(1, list.size());
        assertEquals("Running", list.get(0).path("status").asText());
        assertFalse(list.get(0).has("actions"));

        Ended info = cli.run("octopod-info", "-n", "orange-button");
        assertEquals(0, info.exitCode(), info.toString());
        for (String part : new String[] {
            "Status: Running\n",
            "│ TEAM  │ cactus      │\n│ COLOR │ green       │\n│ DEBUG │ <<REMOVED>> │\n",
            "│ image.tag │ v1 │",
            "  page: http://",
            " 1000001   │ create │ TEAM: cactus "
        }) {
            assertTrue(info.stdout().contains(part), part + " in " + info.stdout());
        }

        Ended status = cli.run("octopod-status", "-n", "orange-button");
        assertEquals("Running\n", status.stdout());
        assertEquals(0, status.exitCode());
        assertEquals(
                "Running",
                json(cli.run("octopod-status", "-n", "orange-button", "--json"))
                        .path("check")
                        .asText());
    }

    private void notes() throws Exception {
        assertTrue(json(cli.run("octopod-list", "--json")).get(0).path("note").isNull());
        Ended written = cli.run("octopod-note", "-n", "orange-button", "for Anna’s demo\non Thursday");
        assertEquals("ok\n", written.stdout(), written.toString());
        JsonNode note = json(cli.run("octopod-list", "--json")).get(0).path("note");
        assertEquals("for Anna’s demo\non Thursday", note.path("text").asText());
        assertEquals("ci", note.path("by").asText());
        String info = cli.run("octopod-info", "-n", "orange-button").stdout();
        assertTrue(info.contains("Status: Running\nNote by ci at "), info);
        assertTrue(info.contains(":\n  for Anna’s demo\n  on Thursday\nCurrent settings:\n"), info);

        Ended tooLong = cli.run("octopod-note", "-n", "orange-button", "x".repeat(201));
        assertEquals(3, tooLong.exitCode(), tooLong.toString());
        assertTrue(tooLong.stderr().contains("A note has at most 200 characters, and this one has 201: shorten it."));
        assertEquals(2, cli.run("octopod-note", "-n", "orange-button").exitCode());
        assertNotNull(demo.staging("orange-button").note());
        assertEquals(0, cli.run("octopod-note", "-n", "orange-button", "").exitCode());
        assertNull(demo.staging("orange-button").note());
    }

    private void updates() throws Exception {
        Ended updated =
                cli.run("octopod-update", "-n", "orange-button", "-e", "GREETING=Hi", "-E", "TEAM", "--json", "--wait");
        assertEquals(0, updated.exitCode(), updated.toString());
        JsonNode staging = json(updated);
        assertEquals(
                "[{\"key\":\"COLOR\",\"value\":\"green\"},{\"key\":\"DEBUG\",\"value\":null},"
                        + "{\"key\":\"GREETING\",\"value\":\"Hi\"}]",
                staging.path("applicationOverrides").toString());
        assertEquals(
                "[{\"key\":\"image.tag\",\"value\":\"v1\"}]",
                staging.path("deploymentOverrides").toString());
        assertTrue(staging.path("pending").isNull(), staging.toString());
        assertTrue(updated.stderr().contains("Updating orange-button"), updated.stderr());

        Ended merged = cli.run("octopod-update", "-n", "orange-button", "--tag", "v2", "--wait");
        assertEquals(0, merged.exitCode(), merged.toString());
        JsonNode info = json(cli.run("octopod-info", "-n", "orange-button", "--json"));
        assertEquals("v2", info.path("deploymentOverrides").get(0).path("value").asText());
        assertEquals(3, info.path("applicationOverrides").size(), info.toString());
        assertEquals("update", info.path("actions").get(0).path("action").asText());
        assertEquals("SUCCESS", info.path("actions").get(0).path("result").asText());
        assertEquals(3, info.path("actions").size());

        redeploysAsIn();
        Ended refused = cli.run("octopod-update", "-n", "orange-button", "-e", "COLOR=invisible");
        assertEquals(3, refused.exitCode(), refused.toString());
        assertTrue(refused.stderr().contains("COLOR"), refused.stderr());
        assertFalse(refused.stderr().contains("at io."), refused.stderr());
    }

    private void redeploysAsIn() throws Exception {
        String info = cli.run("octopod-info", "-n", "orange-button").stdout();
        assertTrue(info.contains("│ Number │") && info.contains("│ #3     │"), info);
        JsonNode actions =
                json(cli.run("octopod-info", "-n", "orange-button", "--json")).path("actions");
        assertEquals(3, actions.get(0).path("number").asInt());
        Ended first = cli.run("octopod-update", "-n", "orange-button", "--as-in", "1", "--wait", "--json");
        assertEquals(0, first.exitCode(), first.toString());
        assertEquals(
                "v1",
                json(first).path("deploymentOverrides").get(0).path("value").asText());
        Ended back = cli.run("octopod-update", "-n", "orange-button", "--as-in", "3", "--wait", "--json");
        assertEquals(0, back.exitCode(), back.toString());
        assertEquals(
                "v2",
                json(back).path("deploymentOverrides").get(0).path("value").asText());
        for (String[] wrong : new String[][] {
            {"--as-in", "99"}, {"--as-in", "0"}, {"--as-in", "one"}, {"--as-in", "1", "-e", "COLOR=red"}
        }) {
            List<String> words = new ArrayList<>(List.of("octopod-update", "-n", "orange-button"));
            words.addAll(List.of(wrong));
            Ended refused = cli.run(words.toArray(String[]::new));
            assertNotEquals(0, refused.exitCode(), refused.toString());
            assertTrue(refused.stderr().contains("as-in") || refused.stderr().contains("#99"), refused.stderr());
        }
    }

    private void showsLogs() throws Exception {
        Ended stdout = cli.run("octopod-logs", "-a", "1000001", "-l", "stdout");
        assertEquals(0, stdout.exitCode(), stdout.toString());
        assertTrue(stdout.stdout().startsWith("Creating orange-button"), stdout.stdout());
        Ended stderr = cli.run("octopod-logs", "-a", "1000001", "--log-type", "stderr");
        assertEquals(0, stderr.exitCode(), stderr.toString());
        assertFalse(stderr.stdout().contains("Creating"), stderr.stdout());
        Ended all = cli.run("octopod-logs", "-n", "orange-button");
        assertTrue(all.stdout().contains("Updating orange-button, image tag \"v2\""), all.stdout());
        assertTrue(all.stdout().endsWith("Finished: SUCCESS\n"), all.stdout());
    }

    private void archivesAndRestores() throws Exception {
        Ended archived = cli.run("octopod-archive", "-n", "orange-button", "--wait");
        assertEquals(0, archived.exitCode(), archived.toString());
        assertEquals(Status.Archived, demo.staging("orange-button").getStatus());
        Ended status = cli.run("octopod-status", "-n", "orange-button");
        assertEquals(16, status.exitCode(), status.toString());
        assertEquals("GenericFailure\n", status.stdout());
        Ended twice = cli.run("octopod-archive", "-n", "orange-button");
        assertEquals(4, twice.exitCode(), twice.toString());

        Ended restored = cli.run("octopod-restore", "-n", "orange-button");
        assertEquals("ok\n", restored.stdout(), restored.toString());
        assertEquals(0, restored.exitCode());
        Ended awaited = cli.run("octopod-wait", "-n", "orange-button");
        assertEquals(0, awaited.exitCode(), awaited.toString());
        assertEquals(Status.Running, demo.staging("orange-button").getStatus());
    }

    /** As when somebody presses Ctrl-C. */
    private void cutOffLeavesTheRun() throws Exception {
        Process process = cli.start("octopod-update", "-n", "orange-button", "-o", "demo.delay=3", "--wait");
        TestProject.await("the log", () -> cli.printed().contains("Updating orange-button") ? true : null);
        process.destroyForcibly().waitFor();
        StagingRun run = demo.staging("orange-button").getLastBuild();
        assertTrue(run.isBuilding(), "it is under way when the command is cut off");
        TestProject.await("the run to end", () -> run.isBuilding() ? null : run);
        assertEquals(Result.SUCCESS, run.getResult());
        TestProject.await("its thread to end", () -> isFollowed() ? null : true);
    }

    private static boolean isFollowed() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(java.util.Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals(RunFollower.class.getName()));
    }

    private void cleansUp() throws Exception {
        Ended tooEarly = cli.run("octopod-cleanup", "-n", "orange-button");
        assertEquals(4, tooEarly.exitCode(), tooEarly.toString());
        assertEquals(
                0, cli.run("octopod-archive", "-n", "orange-button", "--wait").exitCode());
        Ended cleaned = cli.run("octopod-cleanup", "-n", "orange-button", "--wait");
        assertEquals(0, cleaned.exitCode(), cleaned.toString());
        assertEquals("", cli.run("octopod-list").stdout());
    }

    private void fails() throws Exception {
        Ended failed = cli.run("octopod-create", "-n", "fails", "-o", "demo.fail=create", "--wait");
        assertEquals(16, failed.exitCode(), failed.toString());
        assertTrue(failed.stdout().endsWith("Finished: FAILURE\n"), failed.stdout());
        assertNotNull(demo.staging("fails").observedState().reason());
        assertTrue(
                failed.stderr().contains(demo.staging("fails").observedState().reason()), failed.stderr());
        assertEquals(16, cli.run("octopod-wait", "-n", "fails").exitCode());
        Ended deleted = cli.run("octopod-delete", "-n", "fails");
        assertEquals("ok\n", deleted.stdout(), deleted.toString());
        assertEquals("[ ]\n", cli.run("octopod-list", "--json").stdout());
    }

    /** What an original has answered is on stdin. */
    private void imports() throws Exception {
        byte[] list = new OriginalForm()
                .with("moved-in", "Archived")
                .with("not-a-name-", "Running")
                .bytes();
        dryRun(list);
        cli.use("-http");
        dryRun(list);
        cli.use("-webSocket");
        dryRun(list);
        Ended imported = cli.run(list, "octopod-import", "-p", "demo");
        assertEquals(16, imported.exitCode(), imported.toString());
        assertTrue(imported.stdout().endsWith("One staging was imported.\n"), imported.stdout());
        assertEquals("moved-in\n", cli.run("octopod-list").stdout());
        Ended restored = cli.run("octopod-restore", "-n", "moved-in", "--wait");
        assertEquals(0, restored.exitCode(), restored.toString());
        assertEquals(Status.Running, demo.staging("moved-in").getStatus());
    }

    private void dryRun(byte[] list) throws Exception {
        Ended told = cli.run(list, "octopod-import", "-p", "demo", "--dry-run");
        assertEquals(16, told.exitCode(), told.toString());
        assertTrue(told.stdout().contains("│ moved-in    │ Archived │ yes"), told.stdout());
        assertEquals("", cli.run("octopod-list").stdout());
    }

    private static JsonNode json(Ended ended) throws Exception {
        assertEquals(0, ended.exitCode(), ended.toString());
        return new ObjectMapper().readTree(ended.stdout());
    }
}
