package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A script can be killed between any two of its commands. The next script finds what only Helm’s note named. */
class HelmInterruptedTest extends AbstractHelmTest {

    /** Only Helm’s note says whose these are. */
    private static final Map<String, String> HOOKS =
            Map.of("hook", "orange-hook", "hookLabels", "false", "migration", "orange-migration");

    private static final String CLAIM =
            """
            {"apiVersion": "v1", "kind": "PersistentVolumeClaim",
             "metadata": {"name": "data-orange-database-1", "namespace": "stagings", "labels": {"release": "orange"}}, "spec": {}}
            """;

    /** Runs the program and then kills the script that has started it. */
    private static String killAfter(String arguments, Path real) {
        return arguments + ") '" + real + "' \"$@\"; kill -9 \"$PPID\"; exit 1 ;;";
    }

    private void assertKilled(ControlScript script, Map<String, String> values) throws Exception {
        ScriptResult killed = run(script, "orange", values);
        assertEquals(HelmScripts.KILLED, killed.exitCode(), killed.stdout() + killed.stderr());
    }

    private void assertNothingIsLeft() {
        for (String kind : List.of("services", "persistentvolumeclaims", "secrets")) {
            assertEquals(List.of(), cluster.names("v1", kind), kind);
        }
        assertEquals(List.of(), cluster.names("batch/v1", "jobs"));
    }

    /** The deployment that is killed has hooks, and the one after it has none. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatAForgottenDeploymentHasMadeIsFound(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", HOOKS);
        cluster.patch(
                "v1",
                "secrets",
                "sh.helm.release.v1.orange.v1",
                "{\"metadata\":{\"labels\":{\"status\":\"pending-install\"}}}");
        wrapKubectl(killAfter("*' delete secrets/'*", HelmTools.kubectl()));
        assertKilled(ControlScript.UPDATE, Map.of());
        assertEquals(List.of(), cluster.names("v1", "secrets"));
        use(helm);
        assertRuns(ControlScript.UPDATE, "orange", Map.of());
        assertEquals(List.of("orange-hook"), cluster.names("v1", "services"));
        assertRuns(ControlScript.CLEANUP, "orange", Map.of());
        assertNothingIsLeft();
    }

    /** A hook of that name is the staging’s own, so it doesn’t stand in the way. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatAForgottenDeploymentHasMadeIsDeployedAgain(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", HOOKS);
        cluster.patch(
                "v1",
                "secrets",
                "sh.helm.release.v1.orange.v1",
                "{\"metadata\":{\"labels\":{\"status\":\"pending-install\"}}}");
        wrapKubectl(killAfter("*' delete secrets/'*", HelmTools.kubectl()));
        assertKilled(ControlScript.UPDATE, HOOKS);
        use(helm);
        assertRuns(ControlScript.UPDATE, "orange", HOOKS);
        assertRuns(ControlScript.ARCHIVE, "orange", HOOKS);
        assertEquals(List.of(), cluster.names("batch/v1", "jobs"));
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aCleanupThatIsKilledAfterTheUninstallIsFinishedByTheNextOne(Path helm) throws Exception {
        for (String on : List.of("pre-install", "post-delete")) {
            Map<String, String> values = Map.of(
                    "hook",
                    "orange-hook",
                    "hookLabels",
                    "false",
                    "hookOn",
                    on,
                    "migration",
                    "orange-migration",
                    "migrationOn",
                    on);
            use(helm);
            assertRuns(ControlScript.CREATE, "orange", values);
            cluster.create("v1", "persistentvolumeclaims", CLAIM);
            wrapHelm(helm, killAfter("'uninstall '*", helm));
            assertKilled(ControlScript.CLEANUP, values);
            assertEquals(List.of("orange-hook"), cluster.names("v1", "services"), on);
            use(helm);
            ScriptResult cleanup = assertRuns(ControlScript.CLEANUP, "orange", values);
            assertFalse(cleanup.stderr().contains("already deleted"), cleanup.stderr());
            assertNothingIsLeft();
        }
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aStagingWhoseCleanupWasKilledCanBeDeployedAgain(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", HOOKS);
        cluster.create("v1", "persistentvolumeclaims", CLAIM);
        wrapHelm(helm, killAfter("'uninstall '*", helm));
        assertKilled(ControlScript.CLEANUP, HOOKS);
        use(helm);
        ScriptResult again = assertRuns(ControlScript.CREATE, "orange", Map.of());
        assertTrue(
                again.stdout().contains("A cleanup of orange was interrupted: it is finished first.\n"),
                again.stdout());
        assertEquals(List.of("orange-web"), cluster.names("apps/v1", "deployments"));
        assertRuns(ControlScript.CLEANUP, "orange", Map.of());
        assertNothingIsLeft();
    }

    /** As to an account whose role is older than the scripts: it is told, and a cleanup that isn’t interrupted deletes all the same. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatMayNotBeMarkedGoesAllTheSame(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", HOOKS);
        wrapKubectl(
                "*' annotate '*) echo 'Error from server (Forbidden): persistentvolumeclaims is forbidden' >&2; exit 1 ;;");
        ScriptResult cleanup = assertRuns(ControlScript.CLEANUP, "orange", HOOKS);
        String told = "Should this be interrupted, some of what orange has isn't found any more:"
                + " Error from server (Forbidden): persistentvolumeclaims is forbidden\n";
        assertTrue(cleanup.stderr().contains(told), cleanup.stderr());
        assertNothingIsLeft();
    }
}
