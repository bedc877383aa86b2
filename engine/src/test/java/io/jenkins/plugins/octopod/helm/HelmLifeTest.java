package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stagings in a cluster, by the scripts. */
class HelmLifeTest extends AbstractHelmTest {

    private static final String WEB = "orange-web";
    private static final String DATABASE = "orange-database";

    @ParameterizedTest
    @MethodSource("helms")
    void keepTheContract(Path helm) throws Exception {
        use(helm);
        ScriptResult bench = scripts.run(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.jenkins.plugins.octopod.engine.bench.Bench",
                HelmScripts.DIRECTORY.toString(),
                "--namespace=" + Controllers.NAMESPACE,
                "-e",
                "env.GREETING=Hello",
                "-o",
                "image.tag=v2"));
        assertTrue(bench.stdout().contains("All scripts keep the contract."), bench.stdout() + bench.stderr());
        assertEquals(List.of(), cluster.names("apps/v1", "deployments"));
        assertEquals(List.of(), cluster.names("v1", "persistentvolumeclaims"));
        assertEquals(List.of(), cluster.names("v1", "secrets"));
    }

    @ParameterizedTest
    @MethodSource("helms")
    void valuesArriveAsTheyAre(Path helm) throws Exception {
        use(helm);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("env.COMMAS", "a,b=c,{d},[e]");
        values.put("env.BRACES", "{a,b}");
        values.put("env.QUOTES", "'single' \"double\" `back` $HOME $(id)");
        values.put("env.BACKSLASHES", "C:\\new\\table \\, \\\\");
        values.put("env.LINES", "first\n\n  third\ttab\n");
        values.put("env.BLANK", "  ");
        values.put("env.DASHES", "--set x=y");
        values.put("env.GREETING", "Grüße – “so”, 你好");
        values.put("env.EQUALS", "=a==");
        values.put("port", "9090");
        deploy(values);
        Map<String, String> environment = new LinkedHashMap<>();
        JsonNode web = cluster.get("apps/v1", "deployments", WEB).at("/spec/template/spec/containers/0");
        web.path("env")
                .forEach(each -> environment.put(
                        each.path("name").asText(), each.path("value").asText()));
        values.forEach((key, value) -> {
            if (key.startsWith("env.")) {
                assertEquals(value, environment.get(key.substring(4)), key);
            }
        });
        assertEquals("first\n  second\n", environment.get("MOTD"));
        assertEquals("", environment.get("EMPTY"));
        assertEquals(9090, web.at("/ports/0/containerPort").asInt());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aRemovedDefaultIsGoneAndAListIsToldWhole(Path helm) throws Exception {
        use(helm);
        Overrides overrides = new Overrides.Builder()
                .remove("env.GREETING")
                .set("ingress.hosts[0].host", "other.example.com")
                .build();
        assertRuns(ControlScript.CREATE, overrides);
        String web = cluster.get("apps/v1", "deployments", WEB).toString();
        assertFalse(web.contains("GREETING"), web);
        assertTrue(web.contains("EMPTY"), web);
        JsonNode rule = rules().get(rules().size() - 1);
        assertEquals("other.example.com", rule.path("host").asText());
        assertEquals("/", rule.at("/http/paths/0/path").asText());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void theHostIsTheStagingsUnlessSomebodyChoosesAnother(Path helm) throws Exception {
        use(helm);
        scripts.settings("deployment chart_name=" + HelmScripts.CHART);
        deploy(Map.of());
        assertEquals("orange.staging.example.com", rules().get(0).path("host").asText());
        assertRuns(ControlScript.UPDATE, Overrides.of(Map.of("ingress.hostname", "mine.example.com")));
        assertEquals("mine.example.com", rules().get(0).path("host").asText());

        scripts.variable("INGRESS_HOST_KEY", "ingress.hosts[0].host");
        assertRuns(ControlScript.UPDATE, Overrides.NONE);
        assertEquals(1, rules().size());
        assertEquals("orange.staging.example.com", rules().get(0).path("host").asText());
        assertEquals("/", rules().get(0).at("/http/paths/0/path").asText());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void linksAreTheIngressesHosts(Path helm) throws Exception {
        use(helm);
        deploy(Map.of(
                "ingress.hostname", "plain.example.com",
                "ingress.hosts[0].host", "shop.secure.example.com",
                "ingress.tls[0].hosts[0]", "*.secure.example.com"));
        List<StagingLink> links =
                ScriptOutputCsv.links(run(ControlScript.INFO, Overrides.NONE).stdout());
        assertEquals(
                List.of(
                        new StagingLink("orange", "http://plain.example.com"),
                        new StagingLink("orange", "https://shop.secure.example.com")),
                links);
    }

    @ParameterizedTest
    @MethodSource("helms")
    void checkSaysHowTheWorkloadsAre(Path helm) throws Exception {
        use(helm);
        assertCheck(1, "There is no workload with the labels app.kubernetes.io/instance=orange");
        deploy(Map.of());
        assertCheck(0, "");

        cluster.controllers().breakPods(DATABASE);
        assertCheck(2, "StatefulSet/orange-database: 0 of 1 ready; pod orange-database-0: ImagePullBackOff.");
        cluster.controllers().breakPods(WEB, DATABASE);
        assertCheck(1, "Deployment/orange-web: 0 of 2 ready; pod orange-");
        cluster.controllers().breakPods();

        // A new version that doesn't come: the old pods serve on.
        cluster.controllers().stick();
        Overrides next = Overrides.of(Map.of("image.tag", "v2"));
        assertTrue(scripts.settings("deployment chart_name=" + HelmScripts.CHART, "wait no")
                .run(ControlScript.UPDATE, "orange", next, Overrides.NONE)
                .isSuccess());
        ScriptResult check = scripts.run(ControlScript.CHECK, "orange", next, Overrides.NONE);
        assertEquals(3, check.exitCode());
        assertEquals(
                "orange serves the image registry.example.com/shop:v1, not the tag \"v2\"; Deployment/orange-web: the new version is being rolled out, 2 of 2 ready.\n",
                check.stderr());
    }

    /** A Deployment says that itself, a StatefulSet by an event only. */
    @ParameterizedTest
    @MethodSource("helms")
    void checkSaysWhyPodsAreNotMade(Path helm) throws Exception {
        use(helm);
        deploy(Map.of());
        cluster.controllers().refusePods(DATABASE);
        String missing = "StatefulSet/orange-database: the new version is being rolled out, 0 of 1 ready";
        assertCheck(
                2, missing + "; StatefulSet/orange-database: pods \"orange-database-0\" is forbidden: exceeded quota.");
        // What is told may not be, and then a check says the rest.
        cluster.forbid("events");
        assertCheck(2, missing + ".");
        cluster.allow("events");
        // The refusal is over, but its event stays.
        cluster.controllers().refusePods();
        cluster.controllers().breakPods(DATABASE);
        assertCheck(2, "StatefulSet/orange-database: 0 of 1 ready; pod orange-database-0: ImagePullBackOff.");
    }

    /** Such as those of a Rollout, or of what an operator makes. */
    @ParameterizedTest
    @MethodSource("helms")
    void podsCountThemselvesWithoutAWorkload(Path helm) throws Exception {
        use(helm);
        cluster.controllers().stick();
        pod("a", "Running", "True");
        pod("done", "Succeeded", "False");
        assertCheck(0, "");
        pod("b", "Running", "False");
        assertCheck(2, "1 of 2 pods ready.");
        cluster.patch("v1", "pods", "a", "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\"}]}}");
        assertCheck(1, "0 of 2 pods ready.");
        // One that is replaced isn't to serve any more.
        cluster.patch(
                "v1",
                "pods",
                "a",
                """
                {"metadata": {"deletionTimestamp": "2026-11-30T06:00:00Z", "finalizers": ["example.com/keep"]}}
                """);
        assertTrue(cluster.names("v1", "pods").contains("a"));
        assertCheck(1, "0 of 1 pods ready.");
    }

    private void pod(String name, String phase, String ready) {
        String pod =
                """
                {"apiVersion": "v1", "kind": "Pod",
                 "metadata": {"name": "%s", "labels": {"app.kubernetes.io/instance": "orange"}},
                 "spec": {"containers": [{"name": "web", "image": "shop:v1"}, {"name": "proxy", "image": "proxy:1"}]},
                 "status": {"phase": "%s", "conditions": [{"type": "Ready", "status": "%s"}]}}
                """;
        cluster.create("v1", "pods", pod.formatted(name, phase, ready));
    }

    /** A native sidecar serves, an init container doesn't. */
    @ParameterizedTest
    @MethodSource("helms")
    void checkLooksAtSidecars(Path helm) throws Exception {
        use(helm);
        deploy(Map.of());
        cluster.controllers().stick();
        Overrides tag = Overrides.of(Map.of("image.tag", "v1"));
        String containers =
                "{'spec': {'initContainers': [{'name': 'init', 'image': 'registry.example.com/shop:v0'%s}]}}";
        cluster.patch("v1", "pods", WEB + "-0", containers.formatted("").replace('\'', '"'));
        assertEquals(
                0,
                scripts.run(ControlScript.CHECK, "orange", tag, Overrides.NONE).exitCode());
        cluster.patch(
                "v1",
                "pods",
                WEB + "-0",
                containers.formatted(", 'restartPolicy': 'Always'").replace('\'', '"'));
        ScriptResult check = scripts.run(ControlScript.CHECK, "orange", tag, Overrides.NONE);
        assertEquals("orange serves the image registry.example.com/shop:v0, not the tag \"v1\".\n", check.stderr());
        assertEquals(3, check.exitCode());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void deployingLastsUntilAllIsReady(Path helm) throws Exception {
        use(helm);
        deploy(Map.of());
        cluster.controllers().stick();
        Overrides next = Overrides.of(Map.of("image.tag", "v2"));
        scripts.settings("deployment chart_name=" + HelmScripts.CHART, "timeout 2s");
        ScriptResult late = scripts.run(ControlScript.UPDATE, "orange", next, Overrides.NONE);
        assertFalse(late.isSuccess(), late.stdout());
        assertTrue(late.stderr().contains("context deadline exceeded"), late.stderr());

        scripts.settings("deployment chart_name=" + HelmScripts.CHART, "wait perhaps");
        ScriptResult refused = scripts.ask(
                ControlScript.APPLICATION_CONFIG,
                scripts.configuration(ControlScript.DEPLOYMENT_CONFIG, Configuration.EMPTY));
        String said = refused.stdout() + refused.stderr();
        assertTrue(said.contains("\"wait perhaps\"") && said.contains("say yes or no"), said);
    }

    @ParameterizedTest
    @MethodSource("helms")
    void otherLabelsAndOtherKeys(Path helm) throws Exception {
        use(helm);
        scripts.settings(
                "deployment chart_name=" + HelmScripts.CHART,
                "ingress-host-key ingress.hosts[0].host",
                "tag-key env.RELEASE",
                "selector app.kubernetes.io/instance in (nobody, {name})");
        Overrides tag = Overrides.of(Map.of("image.tag", "0123"));
        assertTrue(
                scripts.run(ControlScript.CREATE, "orange", tag, Overrides.NONE).isSuccess());
        JsonNode web = cluster.get("apps/v1", "deployments", WEB).at("/spec/template/spec/containers/0");
        assertTrue(web.path("env").toString().contains("{\"name\":\"RELEASE\",\"value\":\"0123\"}"), web.toString());
        assertTrue(web.path("image").asText().endsWith("shop:v1"), web.toString());
        assertEquals("orange.staging.example.com", rules().get(0).path("host").asText());
        assertRuns(ControlScript.ARCHIVE, Overrides.NONE);
        assertEquals(0, replicas("deployments", WEB));

        scripts.settings("deployment chart_name=" + HelmScripts.CHART, "selector app=shop");
        ScriptResult refused = run(ControlScript.CHECK, Overrides.NONE);
        assertTrue(refused.stderr().contains("would be the same for all stagings"), refused.stderr());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void archiveKeepsVolumesAndRemembersReplicas(Path helm) throws Exception {
        use(helm);
        deploy(Map.of("nightly.enabled", "true", "agent.enabled", "true"));
        Overrides same = Overrides.of(Map.of("nightly.enabled", "true", "agent.enabled", "true"));
        assertEquals(1, run(ControlScript.ARCHIVE_CHECK, same).exitCode());

        for (int i = 0; i < 2; i++) {
            assertRuns(ControlScript.ARCHIVE, same);
        }
        assertRuns(ControlScript.ARCHIVE_CHECK, same);
        assertCheck(1, "All workloads of orange are scaled to zero.");
        assertEquals(List.of(), cluster.names("v1", "pods"));
        assertEquals(List.of("data-orange-database-0"), cluster.names("v1", "persistentvolumeclaims"));
        assertTrue(cluster.get("batch/v1", "cronjobs", "orange-nightly")
                .at("/spec/suspend")
                .asBoolean());
        assertTrue(daemonSelector().has("octopod.jenkins.io/archived"));

        assertRuns(ControlScript.UNARCHIVE, same);
        assertEquals(2, replicas("deployments", WEB));
        assertFalse(cluster.get("batch/v1", "cronjobs", "orange-nightly")
                .at("/spec/suspend")
                .asBoolean());
        assertFalse(daemonSelector().hasNonNull("octopod.jenkins.io/archived"));
    }

    @ParameterizedTest
    @MethodSource("helms")
    void replicasThatTheChartLeavesOpenComeBack(Path helm) throws Exception {
        use(helm);
        Overrides autoscaled = Overrides.of(Map.of("autoscaled", "true"));
        assertRuns(ControlScript.CREATE, autoscaled);
        cluster.patch("apps/v1", "deployments", WEB, "{\"spec\":{\"replicas\":3}}");
        assertRuns(ControlScript.ARCHIVE, autoscaled);
        assertEquals(0, replicas("deployments", WEB));
        assertRuns(ControlScript.UNARCHIVE, autoscaled);
        assertEquals(3, replicas("deployments", WEB));
    }

    @ParameterizedTest
    @MethodSource("helms")
    void cleanupLeavesOthersAlone(Path helm) throws Exception {
        use(helm);
        deploy(Map.of());
        assertTrue(scripts.run(ControlScript.CREATE, "green", Overrides.NONE, Overrides.NONE)
                .isSuccess());
        for (int i = 0; i < 2; i++) {
            assertRuns(ControlScript.CLEANUP, Overrides.NONE);
        }
        assertEquals(List.of("green-web"), cluster.names("apps/v1", "deployments"));
        assertEquals(List.of("data-green-database-0"), cluster.names("v1", "persistentvolumeclaims"));
        assertEquals(List.of("sh.helm.release.v1.green.v1"), cluster.names("v1", "secrets"));
    }

    private void deploy(Map<String, String> values) throws Exception {
        assertRuns(ControlScript.CREATE, Overrides.of(values));
    }

    private void assertRuns(ControlScript script, Overrides application) throws Exception {
        ScriptResult result = run(script, application);
        assertTrue(result.isSuccess(), () -> script + ": " + result.stdout() + result.stderr());
    }

    private ScriptResult run(ControlScript script, Overrides application) throws Exception {
        return scripts.run(script, "orange", Overrides.NONE, application);
    }

    private void assertCheck(int code, String reason) throws Exception {
        ScriptResult result = run(ControlScript.CHECK, Overrides.NONE);
        assertEquals(code, result.exitCode(), result.stderr());
        assertTrue(result.stderr().startsWith(reason), result.stderr());
    }

    private int replicas(String resource, String name) {
        return cluster.get("apps/v1", resource, name).at("/spec/replicas").asInt();
    }

    private JsonNode rules() {
        return cluster.get("networking.k8s.io/v1", "ingresses", "orange").at("/spec/rules");
    }

    private JsonNode daemonSelector() {
        return cluster.get("apps/v1", "daemonsets", "orange-agent").at("/spec/template/spec/nodeSelector");
    }
}
