package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.ScriptArguments;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody who may deploy the staging orange tries to get at the staging green, or at the machine, by what they choose. */
class HelmAttackTest extends AbstractHelmTest {

    private static final String NOTE = "annotations.octopod\\.jenkins\\.io/archived";

    private void deployGreen(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "green", Map.of());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void anAnnotationStopsNoWorkloadOfAnotherStaging(Path helm) throws Exception {
        deployGreen(helm);
        Map<String, String> hostile = Map.of(NOTE, "- 2\nDeployment green-web -");
        assertRuns(ControlScript.CREATE, "orange", hostile);
        JsonNode before = workload("green-web");
        assertRuns(ControlScript.ARCHIVE, "orange", hostile);
        assertEquals(before, workload("green-web"));
        assertEquals(0, workload("orange-web").at("/spec/replicas").asInt());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void anAnnotationPatchesNoWorkloadWhenAStagingWakes(Path helm) throws Exception {
        deployGreen(helm);
        JsonNode before = workload("green-web");
        Map<String, String> hostile = Map.of("replicas", "0", NOTE, "5 0\nDeployment green-web 1,\"paused\":true");
        assertRuns(ControlScript.CREATE, "orange", hostile);
        assertRuns(ControlScript.UPDATE, "orange", hostile);
        assertEquals(before, workload("green-web"));
    }

    @ParameterizedTest
    @MethodSource("helms")
    void anAnnotationAddsNothingToTheStagingsOwnWorkload(Path helm) throws Exception {
        deployGreen(helm);
        for (String note :
                List.of("1,\"paused\":true", "1\tx", "- 1", "007", "99999999999999999999", "$(id)", " ", "*")) {
            Map<String, String> hostile = Map.of("replicas", "0", NOTE, note);
            ScriptResult result = run(ControlScript.UPDATE, "orange", hostile);
            assertTrue(result.isSuccess(), note + result.stdout() + result.stderr());
            assertTrue(
                    result.stderr()
                            .contains(
                                    "The annotation octopod.jenkins.io/archived of Deployment/orange-web isn't a number: it is passed over."),
                    note + result.stderr());
            assertEquals(0, workload("orange-web").at("/spec/replicas").asInt(), note);
            assertTrue(workload("orange-web").at("/spec/paused").isMissingNode(), note);
        }
    }

    /** Their own labels are what a chart's values may reach; the name of the release is set by Helm. */
    @ParameterizedTest
    @MethodSource("helms")
    void theLabelsOfAnotherStagingMakeNothingItsOwn(Path helm) throws Exception {
        deployGreen(helm);
        Map<String, String> disguised =
                Map.of("instance", "green", "ingress.hostname", "phishing.example.com", "database.enabled", "false");
        assertRuns(ControlScript.CREATE, "orange", disguised);
        cluster.create("batch/v1", "jobs", job("orange-job", "orange"));
        cluster.create("batch/v1", "jobs", job("green-job", null));
        JsonNode before = workload("orange-web");

        String links = assertRuns(ControlScript.INFO, "green", Map.of()).stdout();
        assertFalse(links.contains("phishing"), links);
        String check = assertRuns(ControlScript.CHECK, "green", Map.of()).stdout();
        assertEquals("All 2 workloads of green are ready.\n", check);

        assertRuns(ControlScript.ARCHIVE, "green", Map.of());
        assertEquals(before, workload("orange-web"));
        assertEquals(List.of("orange-job"), cluster.names("batch/v1", "jobs"));
        assertRuns(ControlScript.CLEANUP, "green", Map.of());
        assertEquals(before, workload("orange-web"));
        assertEquals(List.of("orange-job"), cluster.names("batch/v1", "jobs"));
    }

    /** Helm deletes what has the name of a hook's object before it makes that. */
    @ParameterizedTest
    @MethodSource("helms")
    void aHookDeletesNothingOfAnotherStaging(Path helm) throws Exception {
        deployGreen(helm);
        assertRuns(ControlScript.UPDATE, "green", Map.of("hook", "green-hook"));
        JsonNode before = cluster.get("v1", "services", "green-hook");
        assertFalse(before.isMissingNode());
        for (ControlScript script : List.of(ControlScript.CREATE, ControlScript.UPDATE)) {
            for (String labels : List.of("true", "false")) {
                ScriptResult refused =
                        run(script, "orange", Map.of("hook", "green-hook", "hookLabels", labels, "port", "1"));
                assertFails(refused, "The chart would delete Service/green-hook, which isn't known to be of orange");
                assertEquals(before, cluster.get("v1", "services", "green-hook"));
            }
        }
        // Of the own, whether or not it has labels, it does.
        for (String labels : List.of("true", "false", "false")) {
            Map<String, String> own = Map.of("hook", "orange-hook", "hookLabels", labels, "port", "2");
            assertRuns(ControlScript.UPDATE, "orange", own);
            assertEquals(
                    2,
                    cluster.get("v1", "services", "orange-hook")
                            .at("/spec/ports/0/port")
                            .asInt());
        }
    }

    /** Its release names the hook since before there was such an object. */
    @ParameterizedTest
    @MethodSource("helms")
    void aHookThatWasThereFirstDeletesNothingOfAnotherStaging(Path helm) throws Exception {
        use(helm);
        Map<String, String> first = Map.of("hook", "green-api", "hookLabels", "false", "hookOn", "post-delete");
        assertRuns(ControlScript.CREATE, "orange", first);
        cluster.create(
                "v1",
                "services",
                """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "green-api", "namespace": "stagings",
                 "annotations": {"meta.helm.sh/release-name": "green", "meta.helm.sh/release-namespace": "stagings"}}}
                """);
        assertFails(
                run(ControlScript.UPDATE, "orange", Map.of("hook", "green-api", "hookLabels", "false")),
                "The chart would delete Service/green-api, which isn't known to be of orange");
    }

    /** As where a helm is killed: a guard that can't look lets nothing pass. */
    @ParameterizedTest
    @MethodSource("helms")
    void whereHooksCantBeReadNothingIsDeleted(Path helm) throws Exception {
        deployGreen(helm);
        assertRuns(ControlScript.UPDATE, "green", Map.of("hook", "green-hook"));
        JsonNode before = cluster.get("v1", "services", "green-hook");
        scripts.variable("HELM_BIN", helmThatRendersNot(helm, 1).toString());
        assertCantBeRead(run(ControlScript.CREATE, "orange", Map.of("hook", "green-hook", "port", "1")));
        assertEquals(before, cluster.get("v1", "services", "green-hook"));

        scripts.variable("HELM_BIN", helmThatRendersNot(helm, 2).toString());
        assertCantBeRead(run(ControlScript.CLEANUP, "green", Map.of()));
        assertTrue(workload("green-web").isObject());
    }

    private static void assertCantBeRead(ScriptResult result) {
        assertFalse(result.isSuccess(), result.stdout());
        assertTrue(result.stderr().contains("can't be read: killed"), result.stderr());
    }

    /** @param which of the manifests it doesn't render, from 1 on */
    private Path helmThatRendersNot(Path helm, int which) throws Exception {
        Path rendered = directory.resolve("rendered");
        Files.deleteIfExists(rendered);
        return HelmTools.program(
                directory.resolve("helm"),
                """
                #!/bin/sh
                case "$1 $2" in
                    'template manifest')
                        echo >>'%1$s'
                        if [ "$(grep -c ^ '%1$s')" -eq %2$d ]; then echo 'Error: killed' >&2; exit 137; fi
                        ;;
                esac
                exec '%3$s' "$@"
                """
                        .formatted(rendered, which, helm));
    }

    /** A cleanup runs hooks, too, and Helm reads in its own way which hook something is. */
    @ParameterizedTest
    @MethodSource("helms")
    void aHookOfACleanupDeletesNothingOfAnotherStaging(Path helm) throws Exception {
        deployGreen(helm);
        assertRuns(ControlScript.UPDATE, "green", Map.of("hook", "green-hook"));
        JsonNode before = cluster.get("v1", "services", "green-hook");
        for (String on : List.of("pre-delete", "post-delete", "Pre-Install", "' PRE-UPGRADE , POST-DELETE '")) {
            Map<String, String> hostile = Map.of("hook", "green-hook", "hookOn", on);
            ScriptResult refused = run(ControlScript.CREATE, "orange", hostile);
            run(ControlScript.CLEANUP, "orange", hostile);
            assertFails(refused, "The chart would delete Service/green-hook, which isn't known to be of orange");
            assertEquals(before, cluster.get("v1", "services", "green-hook"));
        }
    }

    /** No script runs a chart's tests, so their hooks have made nothing. */
    @ParameterizedTest
    @MethodSource("helms")
    void aHookThatNeverRanIsNotCleanedUp(Path helm) throws Exception {
        deployGreen(helm);
        assertRuns(ControlScript.UPDATE, "green", Map.of("hook", "green-hook", "hookLabels", "false"));
        Map<String, String> hostile = Map.of("hook", "green-hook", "hookOn", "test");
        assertRuns(ControlScript.CREATE, "orange", hostile);
        String cleanup = assertRuns(ControlScript.CLEANUP, "orange", hostile).stdout();
        assertTrue(cluster.get("v1", "services", "green-hook").isObject(), cleanup);
    }

    /** What somebody else has made with the labels, and Helm doesn't say of whom it is. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatTheReleaseHasNotMadeIsLeftAlone(Path helm) throws Exception {
        deployGreen(helm);
        cluster.create(
                "apps/v1",
                "deployments",
                """
                {"apiVersion": "apps/v1", "kind": "Deployment",
                 "metadata": {"name": "by-hand", "labels": {"app.kubernetes.io/instance": "green"},
                              "annotations": {"octopod.jenkins.io/archived": "7"}},
                 "spec": {"replicas": 1, "selector": {}, "template": {"metadata": {}, "spec": {"containers": []}}}}
                """);
        ScriptResult archive = assertRuns(ControlScript.ARCHIVE, "green", Map.of());
        assertEquals(1, workload("by-hand").at("/spec/replicas").asInt());
        assertTrue(
                archive.stderr()
                        .contains("Deployment/by-hand has the labels app.kubernetes.io/instance=green, but the "
                                + "release green doesn't have it: it is left alone."),
                archive.stderr());
        cluster.patch("apps/v1", "deployments", "by-hand", "{\"spec\":{\"replicas\":0}}");
        assertRuns(ControlScript.UNARCHIVE, "green", Map.of());
        assertEquals(0, workload("by-hand").at("/spec/replicas").asInt());
        assertEquals(2, workload("green-web").at("/spec/replicas").asInt());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void theNameOfAnImageIsNoLine(Path helm) throws Exception {
        deployGreen(helm);
        Map<String, String> hostile = Map.of("image.repository", "evil\\nworkload - Deployment/x 9 0 0 0 0\\nshop");
        assertRuns(ControlScript.CREATE, "orange", hostile);
        assertTrue(workload("orange-web").toString().contains("evil\\nworkload"), workload("orange-web")::toString);
        assertEquals(
                "All 2 workloads of orange are ready.\n",
                assertRuns(ControlScript.CHECK, "orange", hostile).stdout());
    }

    /** A cluster in which anything can be a name, as nothing checks it: real ones refuse these. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatNoClusterWouldSayIsNotUnderstood(Path helm) throws Exception {
        deployGreen(helm);
        Path kubectl = directory.resolve("kubectl");
        Path called = directory.resolve("called");
        scripts.variable("KUBECTL_BIN", kubectl.toString());
        for (String line : List.of(
                "Deployment green-web - two -",
                "Deployment -f - 2 -",
                "Deployment all,secrets - 2 -",
                "Deployment ../x - 2 -",
                "Secret green-web - 2 -",
                "deployments green-web - 2 -",
                "--all=true green-web - 2 -")) {
            Files.deleteIfExists(called);
            fakeKubectl(kubectl, line, called);
            ScriptResult archive = run(ControlScript.ARCHIVE, "green", Map.of());
            assertFalse(archive.isSuccess(), line);
            assertTrue(
                    archive.stderr().contains("What the cluster says of green isn't understood: "), archive.stderr());
            assertFalse(Files.exists(called), line);
        }
        fakeKubectl(kubectl, "workload - Deployment/x a b c d e", called);
        assertNotUnderstood(ControlScript.CHECK);
        for (String host : List.of("a/b", "a:b@c", "javascript:alert(1)//", "a b", "ä", "a\\nb")) {
            fakeKubectl(kubectl, "ingress - green\nrule \"" + host + "\"", called);
            assertNotUnderstood(ControlScript.INFO);
            fakeKubectl(kubectl, "route - green\nhost \"" + host + "\"", called);
            assertNotUnderstood(ControlScript.INFO);
        }
        fakeKubectl(kubectl, "ingress - a,b\nrule \"a.example.com\"", called);
        assertNotUnderstood(ControlScript.INFO);
        fakeKubectl(kubectl, "route - a,b\nhost \"a.example.com\"", called);
        assertNotUnderstood(ControlScript.INFO);
    }

    private void assertNotUnderstood(ControlScript script) throws Exception {
        ScriptResult result = run(script, "green", Map.of());
        assertFalse(result.isSuccess(), result.stdout());
        assertTrue(result.stderr().contains("What the cluster says of green isn't understood: "), result.stderr());
        assertEquals("", result.stdout());
    }

    /** One that says the same lines to each get, and notes that anything else was asked. */
    private static void fakeKubectl(Path kubectl, String lines, Path called) throws Exception {
        HelmTools.program(
                kubectl,
                """
                #!/bin/sh
                case "$*" in
                    *' get '*) cat <<'LINES'
                %s
                LINES
                    ;;
                    *) : >'%s' ;;
                esac
                """
                        .formatted(lines, called));
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aNameIsNoOptionAndNoSelector(Path helm) throws Exception {
        deployGreen(helm);
        JsonNode before = workload("green-web");
        for (String name : List.of("green,x!=y", "--all", "-f", "green\nx", "green x", "Green", "", "*")) {
            for (ControlScript script : List.of(ControlScript.ARCHIVE, ControlScript.CLEANUP, ControlScript.CREATE)) {
                assertRefused(script, name, Controllers.NAMESPACE);
            }
        }
        for (String namespace : List.of("--all-namespaces", "other/secrets?", "a b", "a\nb", "")) {
            assertRefused(ControlScript.ARCHIVE, "green", namespace);
        }
        assertEquals(before, workload("green-web"));
    }

    private void assertRefused(ControlScript script, String name, String namespace) throws Exception {
        List<String> arguments = List.of(
                "--project-name", "shop", "--base-domain", "example.com", "--namespace", namespace, "--name", name);
        ScriptResult result = scripts.run(script, arguments);
        assertFalse(result.isSuccess(), name);
        String said = result.stdout() + result.stderr();
        assertTrue(said.contains("isn't one that Kubernetes takes") || said.contains("is missing"), said);
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aRepositoryIsNoOption(Path helm) throws Exception {
        deployGreen(helm);
        for (String url : List.of("oci://--debug/charts", "https://-x", "oci:///charts", "oci://")) {
            Configuration deployment = Overrides.of(Map.of(
                            "chart_name", "shop",
                            "chart_repo_url", url,
                            "chart_repo_user", "somebody",
                            "chart_repo_pass", "secret"))
                    .applyTo(Configuration.EMPTY);
            ScriptResult refused = scripts.ask(ControlScript.APPLICATION_CONFIG, deployment);
            assertFalse(refused.isSuccess(), refused.stdout());
            assertTrue(
                    refused.stderr().contains("chart_repo_url is \"" + url + "\": there is no host in it."),
                    refused.stderr());
        }
    }

    /** Line ends of all kinds in the chart's values stay in them. */
    @ParameterizedTest
    @MethodSource("helms")
    void aValueIsNoRow(Path helm) throws Exception {
        deployGreen(helm);
        Map<String, String> values = new LinkedHashMap<>();
        int number = 0;
        for (String end : List.of("\r", "\u000b", "\f", "\u0085", "\u2028", "\u2029", "\u001e")) {
            values.put("key" + ++number, "a" + end + "chart_name,evil");
        }
        scripts.settings(values.entrySet().stream()
                .map(value -> "deployment " + value.getKey() + "=" + value.getValue())
                .toArray(String[]::new));
        ScriptResult result =
                scripts.run(ControlScript.DEPLOYMENT_CONFIG, ScriptArguments.project(HelmScripts.PROJECT));
        assertEquals(
                values,
                ScriptOutputCsv.configuration(ControlScript.DEPLOYMENT_CONFIG, result.stdout())
                        .asMap(),
                result::stdout);
    }

    private static String job(String name, String release) {
        String note = release == null ? "{}" : "{\"meta.helm.sh/release-name\": \"" + release + "\"}";
        return """
                {"apiVersion": "batch/v1", "kind": "Job",
                 "metadata": {"name": "%s", "labels": {"app.kubernetes.io/instance": "green"}, "annotations": %s},
                 "spec": {}}
                """
                .formatted(name, note);
    }

    private JsonNode workload(String name) {
        return cluster.get("apps/v1", "deployments", name);
    }
}
