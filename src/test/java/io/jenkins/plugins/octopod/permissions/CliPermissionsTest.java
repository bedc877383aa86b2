package io.jenkins.plugins.octopod.permissions;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.cli.CLICommandInvoker;
import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Each command of the CLI, given by each {@link Role}. */
@WithSharedJenkins
class CliPermissionsTest {

    private static final Set<Role> DEPLOYERS = EnumSet.of(Role.DEPLOYER, Role.PROJECT_ADMIN);
    private static final Set<Role> CREATORS = EnumSet.of(Role.CREATOR, Role.PROJECT_ADMIN);
    private static final Set<Role> CLEANERS = EnumSet.of(Role.CLEANER, Role.PROJECT_ADMIN);
    private static final Set<Role> CANCELLERS = EnumSet.of(Role.CANCELLER, Role.PROJECT_ADMIN);
    private static final Set<Role> LOG_READERS = EnumSet.of(Role.LOG_READER, Role.DEPLOYER, Role.PROJECT_ADMIN);

    /**
     * A command. What would change something is asked of a busy staging by those who may, so that the rules refuse it; and of
     * an idle one by those who may not, so that it would have an effect.
     *
     * @param exitCode that those get who may
     * @param telling what those are told who may, and nobody else
     */
    private record Row(String command, Set<Role> allowed, int exitCode, String telling) {}

    private static final List<Row> ROWS = List.of(
            new Row("octopod-list -p demo", Role.READERS, 0, "idle"),
            new Row("octopod-list -p demo --json", Role.READERS, 0, "\"idle\""),
            new Row("octopod-info -p demo -n idle", Role.READERS, 0, "Status: Running"),
            new Row("octopod-status -p demo -n idle", Role.READERS, 0, "Running"),
            new Row("octopod-wait -p demo -n idle --json", Role.READERS, 0, "\"Running\""),
            new Row("octopod-logs -p demo -n idle", LOG_READERS, 0, "printed by create"),
            new Row("octopod-logs -p demo -a 1000001 -l stdout", LOG_READERS, 0, "printed by create"),
            new Row("octopod-create -p demo -n {new}", CREATORS, 3, "already there"),
            new Row("octopod-update -p demo -n {name}", DEPLOYERS, 4, "being created"),
            new Row("octopod-update -p demo -n {name} -E KEY", DEPLOYERS, 4, "being created"),
            new Row("octopod-archive -p demo -n {name}", DEPLOYERS, 4, "being created"),
            new Row("octopod-restore -p demo -n {name}", DEPLOYERS, 4, "being created"),
            new Row("octopod-cleanup -p demo -n {name}", CLEANERS, 4, "being created"),
            new Row("octopod-delete -p demo -n {name}", CLEANERS, 4, "being created"),
            new Row("octopod-confirm-ended -p demo -n {name}", CANCELLERS, 0, "ok"),
            new Row("octopod-import -p demo", CREATORS, 16, "already"),
            new Row("octopod-import -p demo --dry-run", CREATORS, 16, "already"),
            // Whoever says whom Jenkins is to ask has to be one who may have it do anything.
            new Row("octopod-import -p demo --url ftp://demo", EnumSet.of(Role.ADMINISTRATOR), 3, "can’t be used"));

    /** What an import gets: a staging that is there for those who may, and one that isn’t for those who may not. */
    private static final String LIST = "[{\"deployment\":{\"name\":\"{new}\",\"app_overrides\":[],"
            + "\"deployment_overrides\":[]},\"status\":{\"recorded_status\":{\"tag\":\"Running\"}},\"metadata\":[],"
            + "\"created_at\":\"2021-08-25T10:00:00Z\",\"updated_at\":\"2021-08-25T10:00:00Z\"}]";

    @TempDir
    private Path directory;

    private TestProject project;

    @Test
    void everyRoleMayWhatItIsToAndNothingElse(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"))
                .with(ControlScript.CREATE, "echo printed by create; case \"$*\" in *busy*) sleep 300;; esac")
                .with(ControlScript.CHECK, "exit 0");
        project = TestProject.withScripts(jenkins, scripts.path());
        project.connectAgent("agent");
        project.connectAgent("other-agent");
        project.finished(project.submit(Kind.CREATE, "idle"));
        AcceptedRequest going = project.submit(Kind.CREATE, "busy");
        project.printing(going, "printed by create");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());

        List<Executable> failed = new ArrayList<>();
        for (Role role : Role.values()) {
            role.visit(jenkins);
            for (Row row : ROWS) {
                try {
                    check(jenkins, row, role);
                } catch (AssertionError e) {
                    failed.add(() -> {
                        throw e;
                    });
                }
            }
        }
        StagingService.abort(going.staging());
        assertEquals(Result.ABORTED, project.finished(going).getResult());
        assertAll(failed);
    }

    private void check(JenkinsRule jenkins, Row row, Role role) throws Exception {
        boolean allowed = PermissionRow.isAmong(role, row.allowed());
        String[] command = row.command()
                .replace("{name}", allowed ? "busy" : "idle")
                .replace("{new}", allowed ? "idle" : "other")
                .split(" ");
        CLICommandInvoker invoker = new CLICommandInvoker(jenkins, command[0]);
        if (role != Role.ANONYMOUS && role != Role.ANONYMOUS_READER) {
            invoker.asUser(role.userId());
        }
        String list = LIST.replace("{new}", allowed ? "idle" : "other");
        invoker.withStdin(new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)));
        String before = state();
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
        assertEquals(before, state(), told);
    }

    private static int refusal(Role role) {
        return role == Role.STRANGER ? 3 : 6;
    }

    /** All that a command could have changed. */
    private String state() throws Exception {
        StringBuilder state = new StringBuilder();
        for (Staging staging : Stream.of("idle", "busy").map(project::staging).toList()) {
            state.append(staging.getConfigFile().asString())
                    .append(staging.observedState().hashCode())
                    .append(staging.getNextBuildNumber());
        }
        return state.append(
                        TestProject.files(project.project.getRootDir().toPath().resolve("jobs")))
                .append(project.queue().length)
                .toString();
    }
}
