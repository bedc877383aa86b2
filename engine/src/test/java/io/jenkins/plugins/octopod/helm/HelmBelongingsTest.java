package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What others have made for a staging beside its release: it goes with the staging, and nothing of another staging goes. */
class HelmBelongingsTest extends AbstractHelmTest {

    private static final String CLAIM =
            """
            {"apiVersion": "v1", "kind": "PersistentVolumeClaim",
             "metadata": {"name": "%s", "namespace": "stagings", "labels": {%s}, "annotations": {%s}}, "spec": {}}
            """;
    static final String CERTIFICATE =
            """
            {"apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/tls",
             "metadata": {"name": "%1$s", "namespace": "stagings",
                          "annotations": {"cert-manager.io/certificate-name": "%1$s", "cert-manager.io/alt-names": "%2$s"}}}
            """;

    @ParameterizedTest
    @MethodSource("helms")
    void claimsOfItsStatefulSetsGoWhateverTheirLabels(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        assertRuns(ControlScript.CREATE, "green", Map.of());
        claim("data-orange-database-1", "\"release\": \"orange\"", "");
        claim("data-orange-database-2", "\"app.kubernetes.io/instance\": \"green\"", "");
        claim("data-orange-database-x", "", "");
        claim("orange-other", "", "");
        assertRuns(ControlScript.CLEANUP, "orange", Map.of());
        assertEquals(
                List.of("data-green-database-0", "data-orange-database-2", "data-orange-database-x", "orange-other"),
                cluster.names("v1", "persistentvolumeclaims"));
    }

    @ParameterizedTest
    @MethodSource("helms")
    void whatHelmIsToKeepIsKeptAndTold(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        String keep = "\"helm.sh/resource-policy\": \"keep\"";
        claim("data-orange-database-1", "\"release\": \"orange\"", keep);
        claim("backups", "\"app.kubernetes.io/instance\": \"orange\"", keep);
        ScriptResult cleanup = assertRuns(ControlScript.CLEANUP, "orange", Map.of());
        assertEquals(List.of("backups", "data-orange-database-1"), cluster.names("v1", "persistentvolumeclaims"));
        assertTrue(
                cleanup.stdout()
                        .contains(
                                "PersistentVolumeClaim/backups stays: it has the annotation helm.sh/resource-policy."),
                cleanup.stdout());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void jobsAndWhatHooksHaveMadeAreKeptToo(Path helm) throws Exception {
        use(helm);
        Map<String, String> values = Map.of("hook", "orange-hook");
        assertRuns(ControlScript.CREATE, "orange", values);
        String job =
                """
                {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "orange-job", "namespace": "stagings",
                 "labels": {"app.kubernetes.io/instance": "orange"}, "annotations": {"helm.sh/resource-policy": "keep"}}, "spec": {}}
                """;
        cluster.create("batch/v1", "jobs", job);
        // It would run on.
        assertRuns(ControlScript.ARCHIVE, "orange", values);
        assertEquals(List.of(), cluster.names("batch/v1", "jobs"));

        cluster.create("batch/v1", "jobs", job);
        cluster.patch(
                "v1",
                "services",
                "orange-hook",
                "{\"metadata\": {\"annotations\": {\"helm.sh/resource-policy\": \"keep\"}}}");
        ScriptResult cleanup = assertRuns(ControlScript.CLEANUP, "orange", values);
        assertEquals(List.of("orange-job"), cluster.names("batch/v1", "jobs"), cleanup.stdout());
        assertEquals(List.of("orange-hook"), cluster.names("v1", "services"), cleanup.stdout());
        String why = " stays: it has the annotation helm.sh/resource-policy.";
        assertTrue(cleanup.stdout().contains("Job/orange-job" + why), cleanup.stdout());
        assertTrue(cleanup.stdout().contains("Service/orange-hook" + why), cleanup.stdout());
    }

    /** Helm passes over what has the annotation, whatever it says, and writes it in its own way. */
    @ParameterizedTest
    @MethodSource("helms")
    void aPolicyIsReadAsHelmReadsIt(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        List<String> policies = List.of("keep", "Keep", " KEEP ", "none", "");
        for (int i = 0; i < policies.size(); i++) {
            String policy = "\"helm.sh/resource-policy\": \"" + policies.get(i) + "\"";
            cluster.create(
                    "v1",
                    "configmaps",
                    """
                    {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "data-%d", "namespace": "stagings",
                     "annotations": {"meta.helm.sh/release-name": "orange", "meta.helm.sh/release-namespace": "stagings", %s}}}
                    """
                            .formatted(i, policy));
            claim("data-orange-database-1" + i, "", policy);
        }
        ScriptResult cleanup = assertRuns(ControlScript.CLEANUP, "orange", Map.of());
        assertEquals(
                List.of("data-0", "data-1", "data-2", "data-3", "data-4"),
                cluster.names("v1", "configmaps"),
                cleanup.stdout());
        assertEquals(5, cluster.names("v1", "persistentvolumeclaims").size(), cleanup.stdout());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void certificatesThatWereMadeForItsIngressesGo(Path helm) throws Exception {
        use(helm);
        Map<String, String> values = Map.of(
                "ingress.annotations.cert-manager\\.io/issuer", "ca",
                "ingress.tls[0].secretName", "orange-tls",
                "ingress.tls[0].hosts[0]", "orange.staging.example.com",
                "ingress.tls[1].secretName", "wildcard",
                "ingress.tls[1].hosts[0]", "orange.staging.example.com",
                "ingress.tls[2].secretName", "shared",
                "ingress.tls[2].hosts[0]", "shop.example.com");
        assertRuns(ControlScript.CREATE, "orange", values);
        assertRuns(
                ControlScript.CREATE,
                "green",
                Map.of(
                        "ingress.annotations.cert-manager\\.io/issuer", "ca",
                        "ingress.tls[0].secretName", "shared",
                        "ingress.tls[0].hosts[0]", "shop.example.com"));
        certificate("orange-tls", "orange.staging.example.com");
        certificate("wildcard", "*.staging.example.com,orange.staging.example.com");
        certificate("shared", "shop.example.com");
        ScriptResult cleanup = assertRuns(ControlScript.CLEANUP, "orange", values);
        assertEquals(
                List.of("sh.helm.release.v1.green.v1", "shared", "wildcard"),
                cluster.names("v1", "secrets"),
                cleanup.stdout());
        assertTrue(cleanup.stdout().contains("Secret/wildcard stays: "), cleanup.stdout());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void whatItsHooksHaveMadeGoes(Path helm) throws Exception {
        use(helm);
        Map<String, String> values = Map.of("hook", "orange-hook", "hookLabels", "false");
        assertRuns(ControlScript.CREATE, "orange", values);
        assertRuns(ControlScript.CREATE, "green", Map.of("hook", "green-hook", "hookLabels", "false"));
        assertEquals(List.of("green-hook", "orange-hook"), cluster.names("v1", "services"));
        assertRuns(ControlScript.CLEANUP, "orange", values);
        assertEquals(List.of("green-hook"), cluster.names("v1", "services"));
    }

    /** Helm looks at no revision but the newest one. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatAnUpdateHasDroppedGoesToo(Path helm) throws Exception {
        use(helm);
        Map<String, String> first = Map.of("hook", "orange-1", "hookLabels", "false", "migration", "orange-1");
        Map<String, String> second =
                Map.of("hook", "orange-2", "hookLabels", "false", "migration", "orange-2", "database.enabled", "false");
        assertRuns(ControlScript.CREATE, "orange", first);
        claim("data-orange-database-1", "\"release\": \"orange\"", "");
        for (Map<String, String> next : List.of(second, first, second)) {
            assertRuns(ControlScript.UPDATE, "orange", next);
        }
        assertEquals(List.of("orange-1", "orange-2"), cluster.names("v1", "services"));
        assertRuns(ControlScript.ARCHIVE, "orange", second);
        assertEquals(List.of(), cluster.names("batch/v1", "jobs"));
        assertRuns(ControlScript.CLEANUP, "orange", second);
        for (String kind : List.of("services", "persistentvolumeclaims", "secrets")) {
            assertEquals(List.of(), cluster.names("v1", kind), kind);
        }
    }

    /** Helm deletes what has the name of a hook’s object, also if another staging has made it since the deployment. */
    @ParameterizedTest
    @MethodSource("helms")
    void aHookOfTheCleanupDeletesNothingOfAnotherStaging(Path helm) throws Exception {
        use(helm);
        Map<String, String> values = Map.of("hook", "after", "hookLabels", "false", "hookOn", "post-delete");
        assertRuns(ControlScript.CREATE, "orange", values);
        cluster.create(
                "v1",
                "services",
                """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "after", "namespace": "stagings",
                 "annotations": {"meta.helm.sh/release-name": "green", "meta.helm.sh/release-namespace": "stagings"}}}
                """);
        assertFails(
                run(ControlScript.CLEANUP, "orange", values),
                "A hook of the cleanup would delete Service/after, which isn't known to be of orange: remove or rename that first.");
        assertEquals(List.of("after"), cluster.names("v1", "services"));
        assertEquals(List.of("orange-web"), cluster.names("apps/v1", "deployments"));
    }

    /** Helm forgets the release then, and nothing would find what only that has named. */
    @ParameterizedTest
    @MethodSource("helms")
    void theRestGoesWhereAHookAfterTheReleaseFails(Path helm) throws Exception {
        use(helm);
        Map<String, String> values = Map.of("hook", "orange-after", "hookOn", "post-delete");
        assertRuns(ControlScript.CREATE, "orange", values);
        claim("data-orange-database-1", "\"release\": \"orange\"", "");
        cluster.forbid("orange-after");
        ScriptResult cleanup = run(ControlScript.CLEANUP, "orange", values);
        assertFalse(cleanup.isSuccess(), cleanup.stdout());
        assertTrue(cleanup.stderr().contains("uninstallation completed with 1 error"), cleanup.stderr());
        assertEquals(List.of(), cluster.names("v1", "persistentvolumeclaims"), cleanup.stdout());
    }

    /** It may make a backup. */
    @ParameterizedTest
    @MethodSource("helms")
    void nothingGoesWhereAHookBeforeThatFails(Path helm) throws Exception {
        use(helm);
        Map<String, String> values = Map.of("hook", "orange-before", "hookOn", "pre-delete");
        assertRuns(ControlScript.CREATE, "orange", values);
        cluster.forbid("orange-before");
        ScriptResult cleanup = run(ControlScript.CLEANUP, "orange", values);
        assertFalse(cleanup.isSuccess(), cleanup.stdout());
        assertEquals(List.of("data-orange-database-0"), cluster.names("v1", "persistentvolumeclaims"));
        cluster.allow("orange-before");
        assertRuns(ControlScript.CLEANUP, "orange", values);
        assertEquals(List.of(), cluster.names("v1", "persistentvolumeclaims"));
        assertEquals(List.of(), cluster.names("v1", "secrets"));
        assertEquals(List.of(), cluster.names("v1", "services"));
    }

    /** Helm makes these while it uninstalls, and leaves them. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatTheHooksOfTheCleanupMakeGoes(Path helm) throws Exception {
        use(helm);
        for (String on : List.of("pre-delete", "post-delete")) {
            Map<String, String> values = Map.of(
                    "hook",
                    "orange-hook",
                    "hookLabels",
                    "false",
                    "hookOn",
                    on,
                    "migration",
                    "orange-backup",
                    "migrationOn",
                    on);
            assertRuns(ControlScript.CREATE, "orange", values);
            assertRuns(ControlScript.CLEANUP, "orange", values);
            assertEquals(List.of(), cluster.names("v1", "services"), on);
            assertEquals(List.of(), cluster.names("batch/v1", "jobs"), on);
        }
    }

    /** What is asked last is no reason to leave what was found before. */
    @ParameterizedTest
    @MethodSource("helms")
    void theRestGoesWhereAKindCantBeListed(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        claim("data-orange-database-1", "\"release\": \"orange\"", "");
        cluster.forbid("daemonsets");
        ScriptResult cleanup = run(ControlScript.CLEANUP, "orange", Map.of());
        assertFalse(cleanup.isSuccess(), cleanup.stdout());
        assertEquals(List.of(), cluster.names("v1", "persistentvolumeclaims"), cleanup.stderr());
    }

    /** As where the first deployment was killed, and the next one has others. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatAReleaseHasForgottenGoes(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        for (String release : List.of("orange", "green")) {
            for (String kind : List.of("ConfigMap", "Secret")) {
                cluster.create(
                        "v1",
                        kind.toLowerCase(Locale.ROOT) + "s",
                        """
                        {"apiVersion": "v1", "kind": "%2$s", "metadata": {"name": "of-%1$s", "namespace": "stagings",
                         "annotations": {"meta.helm.sh/release-name": "%1$s", "meta.helm.sh/release-namespace": "stagings"}}}
                        """
                                .formatted(release, kind));
            }
        }
        cluster.create(
                "v1",
                "configmaps",
                """
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "of-elsewhere", "namespace": "stagings",
                 "annotations": {"meta.helm.sh/release-name": "orange", "meta.helm.sh/release-namespace": "elsewhere"}}}
                """);
        assertRuns(ControlScript.CLEANUP, "orange", Map.of());
        assertEquals(List.of("of-elsewhere", "of-green"), cluster.names("v1", "configmaps"));
        assertEquals(List.of("of-green"), cluster.names("v1", "secrets"));
    }

    /** A claim doesn't go as long as a pod uses it, and a workload that the release has forgotten keeps its pods. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatIsForgottenGoesTogetherWithClaims(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        cluster.create(
                "v1",
                "configmaps",
                """
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "of-orange", "namespace": "stagings",
                 "annotations": {"meta.helm.sh/release-name": "orange", "meta.helm.sh/release-namespace": "stagings"}}}
                """);
        wrapKubectl("*' delete '*ConfigMap/of-orange*persistentvolumeclaims/*) ;;"
                + " *' delete '*persistentvolumeclaims/*) echo 'error: timed out waiting' >&2; exit 1 ;;");
        assertRuns(ControlScript.CLEANUP, "orange", Map.of());
        assertEquals(List.of(), cluster.names("v1", "persistentvolumeclaims"));
    }

    @ParameterizedTest
    @MethodSource("helms")
    void jobsOfItsCronJobsAreStopped(Path helm) throws Exception {
        use(helm);
        Map<String, String> values = Map.of("nightly.enabled", "true");
        assertRuns(ControlScript.CREATE, "orange", values);
        for (String of : List.of("orange", "green")) {
            cluster.create("batch/v1", "jobs", JOB.formatted(of + "-nightly-1", "CronJob", of + "-nightly"));
        }
        assertRuns(ControlScript.ARCHIVE, "orange", values);
        assertEquals(List.of("green-nightly-1"), cluster.names("batch/v1", "jobs"));
        cluster.create("batch/v1", "jobs", JOB.formatted("orange-nightly-2", "CronJob", "orange-nightly"));
        ScriptResult still = run(ControlScript.ARCHIVE_CHECK, "orange", values);
        assertFalse(still.isSuccess(), still.stdout());
        assertEquals("Job/orange-nightly-2 isn't over.\n", still.stderr());
    }

    /** As an operator does, which has its own reasons. */
    @ParameterizedTest
    @MethodSource("helms")
    void jobsThatOthersHaveMadeAreLeftAlone(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        cluster.create("batch/v1", "jobs", JOB.formatted("orange-backup-1", "StatefulSet", "orange-database"));
        assertRuns(ControlScript.ARCHIVE, "orange", Map.of());
        assertEquals(List.of("orange-backup-1"), cluster.names("batch/v1", "jobs"));
    }

    /** As to an account that may not list them: what isn't known isn't taken for nothing. */
    @ParameterizedTest
    @MethodSource("helms")
    void jobsThatCantBeListedAreNotNone(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        assertRuns(ControlScript.ARCHIVE, "orange", Map.of());
        cluster.forbid("jobs");
        for (ControlScript script :
                List.of(ControlScript.ARCHIVE, ControlScript.ARCHIVE_CHECK, ControlScript.CLEANUP)) {
            assertFails(run(script, "orange", Map.of()), "The cluster can't be asked: ");
        }
        assertEquals(List.of("sh.helm.release.v1.orange.v1"), cluster.names("v1", "secrets"));
    }

    private void claim(String name, String labels, String annotations) {
        cluster.create("v1", "persistentvolumeclaims", CLAIM.formatted(name, labels, annotations));
    }

    private void certificate(String name, String hosts) {
        cluster.create("v1", "secrets", CERTIFICATE.formatted(name, hosts));
    }
}
