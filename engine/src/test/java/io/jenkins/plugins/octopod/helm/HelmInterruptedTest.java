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
        setStatus(1, "pending-install");
        wrapKubectl(killAfter("*' delete secrets/'*", HelmTools.kubectl()));
        assertKilled(ControlScript.UPDATE, Map.of());
        assertEquals(List.of(), cluster.names("v1", "secrets"));
        use(helm);
        assertRuns(ControlScript.UPDATE, "orange", Map.of());
        assertEquals(List.of("orange-hook"), cluster.names("v1", "services"));
        assertRuns(ControlScript.CLEANUP, "orange", Map.of());
        assertNothingIsLeft();
    }

    /** Claims, too, of a StatefulSet that no other deployment has. */
    @ParameterizedTest
    @MethodSource("helms")
    void claimsOfAForgottenDeploymentAreFound(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        cluster.create("v1", "persistentvolumeclaims", CLAIM);
        setStatus(1, "pending-install");
        Map<String, String> without = Map.of("database.enabled", "false");
        assertRuns(ControlScript.UPDATE, "orange", without);
        assertRuns(ControlScript.CLEANUP, "orange", without);
        assertNothingIsLeft();
    }

    /** A hook of that name is the staging’s own, so it doesn’t stand in the way. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatAForgottenDeploymentHasMadeIsDeployedAgain(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", HOOKS);
        setStatus(1, "pending-install");
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

    /** Helm forgets the deployment that has lost the cluster, and what its hooks have made is known all the same. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatADeploymentThatLostTheClusterHasMadeIsDeployedAgain(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of("hook", "orange-hook", "hookLabels", "false"));
        Path lost = directory.resolve("lost");
        wrapHelm(
                helm,
                """
                *--dry-run=server*) ;;
                    'upgrade '*) echo 'Error: dial tcp 10.0.0.1:6443: connect: connection refused' >&2
                        if [ ! -f '%1$s' ]; then
                            : >'%1$s'
                            '%2$s' "$@" >/dev/null 2>&1
                            '%3$s' --namespace stagings label --overwrite secrets/sh.helm.release.v1.orange.v2 status=pending-upgrade
                        fi
                        exit 1 ;;
                """
                        .formatted(lost, helm, HelmTools.kubectl()));
        assertFails(run(ControlScript.UPDATE, "orange", HOOKS), "connection refused");
        assertEquals(List.of("sh.helm.release.v1.orange.v1"), cluster.names("v1", "secrets"));
        use(helm);
        assertRuns(ControlScript.UPDATE, "orange", HOOKS);
    }

    /** Of the revisions before the one that is forgotten, Helm has still the note. */
    @ParameterizedTest
    @MethodSource("helms")
    void hooksOfTheRevisionBeforeStayKnown(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of("hook", "orange-hook", "hookLabels", "false"));
        assertRuns(ControlScript.UPDATE, "orange", Map.of("migration", "orange-migration"));
        setStatus(2, "pending-upgrade");
        assertRuns(ControlScript.UPDATE, "orange", HOOKS);
    }

    /** As where somebody has uninstalled it by "--keep-history" and has rolled that back. */
    @ParameterizedTest
    @MethodSource("helms")
    void anEarlierUninstallIsNoCleanup(Path helm) throws Exception {
        for (String status : List.of("uninstalled", "uninstalling")) {
            use(helm);
            assertRuns(ControlScript.CREATE, "orange", Map.of());
            assertRuns(ControlScript.UPDATE, "orange", Map.of("port", "1"));
            setStatus(1, status);
            ScriptResult update = assertRuns(ControlScript.UPDATE, "orange", Map.of("port", "2"));
            assertFalse(update.stdout().contains("interrupted"), update.stdout());
            assertTrue(cluster.names("v1", "secrets").contains("sh.helm.release.v1.orange.v1"));
            assertRuns(ControlScript.CLEANUP, "orange", Map.of());
        }
    }

    /** Helm's status asks for all that the release has had, some of which may not be readable, as where its kind has gone, too. */
    @ParameterizedTest
    @MethodSource("helms")
    void aCleanupIsFinishedWhereTheObjectsOfTheReleaseCantBeRead(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", HOOKS);
        wrapHelm(helm, killAfter("'uninstall '*", helm));
        assertKilled(ControlScript.CLEANUP, HOOKS);
        use(helm);
        wrapHelm(
                helm,
                "'status '*) echo 'Error: resource mapping not found: no matches for kind \"Thing\"' >&2; exit 1 ;;");
        assertRuns(ControlScript.CLEANUP, "orange", HOOKS);
        assertNothingIsLeft();
    }

    /** A cleanup that ends early has marked it, and since then another staging has come to use it. */
    @ParameterizedTest
    @MethodSource("helms")
    void aCertificateThatAnotherStagingUsesByNowStays(Path helm) throws Exception {
        use(helm);
        Map<String, String> values = Map.of(
                "ingress.annotations.cert-manager\\.io/issuer", "ca",
                "ingress.tls[0].secretName", "shop-tls",
                "ingress.tls[0].hosts[0]", "shop.example.com");
        assertRuns(ControlScript.CREATE, "orange", values);
        cluster.create("v1", "secrets", HelmBelongingsTest.CERTIFICATE.formatted("shop-tls", "shop.example.com"));
        wrapHelm(helm, "'uninstall '*) echo 'Error: the backup failed' >&2; exit 1 ;;");
        assertFails(run(ControlScript.CLEANUP, "orange", values), "the backup failed");
        use(helm);
        assertRuns(ControlScript.CREATE, "green", values);
        ScriptResult cleanup = assertRuns(ControlScript.CLEANUP, "orange", values);
        assertEquals(List.of("sh.helm.release.v1.green.v1", "shop-tls"), cluster.names("v1", "secrets"));
        assertTrue(cleanup.stdout().contains("Secret/shop-tls stays: "), cleanup.stdout());
    }

    private void setStatus(int revision, String status) {
        cluster.patch(
                "v1",
                "secrets",
                "sh.helm.release.v1.orange.v" + revision,
                "{\"metadata\":{\"labels\":{\"status\":\"" + status + "\"}}}");
    }
}
