package io.jenkins.plugins.octopod.permissions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.cli.CLICommand;
import hudson.cli.CLICommandInvoker;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Each command of the CLI, given by each {@link Role}. */
@WithSharedJenkins
class CliPermissionsTest {

    /**
     * A command. What would change something is asked of a busy staging by those who may, so that the rules refuse it; and of
     * an idle one by those who may not, so that it would have an effect.
     *
     * @param exitCode that those get who may
     * @param telling what those are told who may, and nobody else
     */
    record Row(String command, Set<Role> allowed, int exitCode, String telling) {}

    static final List<Row> ROWS = List.of(
            new Row("octopod-list -p demo", Role.READERS, 0, "idle"),
            new Row("octopod-list -p demo --json", Role.READERS, 0, "\"idle\""),
            new Row("octopod-info -p demo -n idle", Role.READERS, 0, "Status: Running"),
            new Row("octopod-status -p demo -n idle", Role.READERS, 0, "Running"),
            new Row("octopod-wait -p demo -n idle --json", Role.READERS, 0, "\"Running\""),
            new Row("octopod-logs -p demo -n idle", Role.LOG_READERS, 0, "printed by create"),
            new Row("octopod-logs -p demo -a 1000001 -l stdout", Role.LOG_READERS, 0, "printed by create"),
            new Row("octopod-create -p demo -n {new}", Role.CREATORS, 3, "already exists"),
            new Row("octopod-update -p demo -n {name}", Role.DEPLOYERS, 4, "being created"),
            new Row("octopod-update -p demo -n {name} -E KEY", Role.DEPLOYERS, 4, "being created"),
            new Row("octopod-archive -p demo -n {name}", Role.DEPLOYERS, 4, "being created"),
            new Row("octopod-restore -p demo -n {name}", Role.DEPLOYERS, 4, "being created"),
            new Row("octopod-cleanup -p demo -n {name}", Role.CLEANERS, 4, "being created"),
            new Row("octopod-delete -p demo -n {name}", Role.CLEANERS, 4, "being created"),
            new Row("octopod-note -p demo -n {name} {note}", Role.DEPLOYERS, 3, "shorten it"),
            new Row("octopod-confirm-ended -p demo -n {name}", Role.CANCELLERS, 0, "ok"),
            new Row("octopod-import -p demo", Role.CREATORS, 16, "already"),
            new Row("octopod-import -p demo --dry-run", Role.CREATORS, 16, "already"),
            // Whoever says whom Jenkins is to ask has to be one who may have it do anything.
            new Row("octopod-import -p demo --url ftp://demo", EnumSet.of(Role.ADMINISTRATOR), 3, "can’t be used"));

    /** What an import gets: a staging that is there for those who may, and one that isn’t for those who may not. */
    private static final String LIST = "[{\"deployment\":{\"name\":\"{new}\",\"app_overrides\":[],"
            + "\"deployment_overrides\":[]},\"status\":{\"recorded_status\":{\"tag\":\"Running\"}},\"metadata\":[],"
            + "\"created_at\":\"2021-08-25T10:00:00Z\",\"updated_at\":\"2021-08-25T10:00:00Z\"}]";

    @TempDir
    private Path directory;

    private PermissionScene scene;

    @Test
    void noCommandIsForgotten(JenkinsRule jenkins) {
        Set<String> listed =
                ROWS.stream().map(row -> row.command().split(" ")[0]).collect(Collectors.toSet());
        Set<String> there = CLICommand.all().stream()
                .map(CLICommand::getName)
                .filter(name -> name.startsWith("octopod-"))
                .collect(Collectors.toSet());
        assertEquals(there, listed);
    }

    @Test
    void everyRoleMayWhatItIsToAndNothingElse(JenkinsRule jenkins) throws Exception {
        scene = new PermissionScene(jenkins, new ScriptDirectory(directory.resolve("scripts")));

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
        String[] command = row.command()
                .replace("{name}", allowed ? "busy" : "idle")
                .replace("{new}", allowed ? "idle" : "other")
                .replace("{note}", allowed ? "x".repeat(201) : "mine")
                .split(" ");
        CLICommandInvoker invoker = new CLICommandInvoker(jenkins, command[0]);
        if (!role.isAnonymous()) {
            invoker.asUser(role.userId());
        }
        String list = LIST.replace("{new}", allowed ? "idle" : "other");
        invoker.withStdin(new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)));
        String before = scene.state();
        CLICommandInvoker.Result result = invoker.invokeWithArgs(
                List.of(command).subList(1, command.length).toArray(new String[0]));
        String told = role + ": " + row.command() + '\n' + result;
        assertEquals(allowed ? row.exitCode() : refusal(role), result.returnCode(), told);
        assertEquals(allowed, (result.stdout() + result.stderr()).contains(row.telling()), told);
        if (!allowed) {
            assertEquals("", result.stdout(), told);
            assertTrue(result.stderr().startsWith(System.lineSeparator() + "ERROR: "), told);
        }
        assertFalse(result.stderr().contains("\tat "), told);
        assertEquals(before, scene.state(), told);
    }

    private static int refusal(Role role) {
        return role == Role.STRANGER ? 3 : 6;
    }
}
