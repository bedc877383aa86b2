package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A staging's whole life in a real cluster, by the scripts, with an account that may only what docs/helm.md says. */
class HelmClusterTest extends AbstractClusterTest {

    /** The same in another repository, as the tag that is asked for counts for all images of one. */
    private static final String OTHER_IMAGE = "registry.k8s.io/e2e-test-images/agnhost:2.47";

    private Overrides first;
    private Overrides second;
    private Overrides missing;

    @BeforeEach
    void choose() throws Exception {
        first = Overrides.of(Map.of("image.tag", "3.9"));
        second = Overrides.of(Map.of("image.tag", "3.10"));
        missing = Overrides.of(Map.of("image.tag", "missing"));
    }

    private void use(Path helm) throws Exception {
        use(
                helm,
                HelmScripts.CHART,
                "application image.repository=" + IMAGE,
                "application database.image=" + OTHER_IMAGE,
                "application agent.image=" + OTHER_IMAGE,
                "dry-run-seconds 90");
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aStagingLivesAndLeavesNothing(Path helm) throws Exception {
        use(helm);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("nightly.enabled", "true");
        values.put("agent.enabled", "true");
        values.put("env.GREETING", "a,b={c} \"d\" $HOME");
        Overrides application = Overrides.of(values);
        assertRuns(ControlScript.CONFIG_CHECK, first, application);
        assertRuns(ControlScript.CREATE, first, application);
        assertRuns(ControlScript.CHECK, first, application);
        assertEquals(1, run(ControlScript.ARCHIVE_CHECK, first, application).exitCode());
        ScriptResult info = assertRuns(ControlScript.INFO, first, application);
        assertTrue(info.stdout().contains("http://orange.staging.example.com"), info.stdout());
        assertEquals("a,b={c} \"d\" $HOME", variable("GREETING"));
        assertEquals(IMAGE + ":3.9", web().path("image").asText());

        values.put("replicas", "3");
        application = Overrides.of(values);
        assertRuns(ControlScript.UPDATE, second, application);
        assertRuns(ControlScript.CHECK, second, application);
        assertEquals(
                3,
                cluster.get("deployment", "orange-web")
                        .at("/status/readyReplicas")
                        .asInt());
        assertEquals(IMAGE + ":3.10", web().path("image").asText());

        for (int i = 0; i < 2; i++) {
            assertRuns(ControlScript.ARCHIVE, second, application);
        }
        awaitSuccess(ControlScript.ARCHIVE_CHECK, second, application);
        assertEquals(1, run(ControlScript.CHECK, second, application).exitCode());
        assertEquals(List.of(), cluster.names("pods"));
        assertEquals(List.of("persistentvolumeclaim/data-orange-database-0"), cluster.names("persistentvolumeclaims"));

        assertRuns(ControlScript.UNARCHIVE, second, application);
        awaitSuccess(ControlScript.CHECK, second, application);
        assertEquals(
                3, cluster.get("deployment", "orange-web").at("/spec/replicas").asInt());

        for (int i = 0; i < 2; i++) {
            assertRuns(ControlScript.CLEANUP, second, application);
        }
        awaitNothing();
    }

    @ParameterizedTest
    @MethodSource("helms")
    void anImageThatIsMissingFailsAndIsPutRight(Path helm) throws Exception {
        use(helm);
        scripts.settings(
                "deployment chart_name=" + HelmScripts.CHART,
                "application image.repository=" + IMAGE,
                "application database.enabled=false",
                "wait no");
        assertRuns(ControlScript.CREATE, missing, Overrides.NONE);
        String said = "";
        for (int i = 0; i < TRIES && !said.contains("ImagePull"); i++) {
            ScriptResult check = run(ControlScript.CHECK, missing, Overrides.NONE);
            assertEquals(1, check.exitCode(), check.stderr());
            said = check.stderr();
        }
        assertTrue(said.contains("Deployment/orange-web: 0 of 2 ready; pod orange-web-"), said);
        assertTrue(said.contains("ImagePull"), said);

        assertRuns(ControlScript.UPDATE, second, Overrides.NONE);
        awaitSuccess(ControlScript.CHECK, second, Overrides.NONE);
        assertRuns(ControlScript.CLEANUP, second, Overrides.NONE);
        awaitNothing();
    }

    /** The autoscaler's minimum doesn't wake an archived staging, and counts again when the staging is back. */
    @ParameterizedTest
    @MethodSource("helms")
    void aHorizontalAutoscalerRestsWhileItsStagingIsArchived(Path helm) throws Exception {
        use(helm);
        Overrides autoscaled = Overrides.of(Map.of("autoscaled", "true", "database.enabled", "false"));
        assertRuns(ControlScript.CREATE, first, autoscaled);
        cluster.apply(
                """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: orange}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orange-web}
                  minReplicas: 3
                  maxReplicas: 5
                """);
        await("deployment/orange-web", "{.spec.replicas}=3");
        assertRuns(ControlScript.ARCHIVE, first, autoscaled);
        awaitSuccess(ControlScript.ARCHIVE_CHECK, first, autoscaled);
        await(
                "horizontalpodautoscaler/orange",
                "{.status.conditions[?(@.type==\"ScalingActive\")].reason}=ScalingDisabled");
        assertEquals(
                0, cluster.get("deployment", "orange-web").at("/spec/replicas").asInt());

        assertRuns(ControlScript.UNARCHIVE, first, autoscaled);
        await("deployment/orange-web", "{.spec.replicas}=3");
        awaitSuccess(ControlScript.CHECK, first, autoscaled);
        cluster.kubectl("delete", "horizontalpodautoscaler/orange", "--namespace", cluster.namespace());
        assertRuns(ControlScript.CLEANUP, first, autoscaled);
        awaitNothing();
    }

    /** @param path such as {@code {.spec.replicas}=3}, which the object is to have */
    private void await(String object, String path) throws Exception {
        cluster.kubectl("wait", object, "--for=jsonpath=" + path, "--timeout=100s", "--namespace", cluster.namespace());
    }

    /** Each by what a person who has just pressed the button reads; nothing is made or changed. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatTheClusterWouldRefuseIsToldEarly(Path helm) throws Exception {
        use(helm);
        Overrides none = Overrides.NONE;
        cluster.apply(
                """
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: small}
                spec: {hard: {count/deployments.apps: "0"}}
                """);
        awaitRefusal(
                none,
                "The cluster would refuse Deployment/orange-web: deployments.apps \"orange-web\" is forbidden: "
                        + "exceeded quota: small, requested: count/deployments.apps=1, used: count/deployments.apps=0");
        assertEquals(List.of(), cluster.names("deployments,statefulsets,jobs,services"));
        cluster.kubectl("delete", "resourcequota/small", "--namespace", cluster.namespace());
        assertRuns(ControlScript.CONFIG_CHECK, first, none);
        assertRuns(ControlScript.CREATE, first, none);
        assertRuns(ControlScript.CONFIG_CHECK, second, Overrides.of(Map.of("replicas", "1")));
        String web = cluster.get("deployment", "orange-web").path("spec").toString();

        awaitRefusal(
                Overrides.of(Map.of("database.size", "2Gi")),
                "The cluster would refuse StatefulSet/orange-database: StatefulSet \"orange-database\" is invalid: spec: "
                        + "Forbidden: updates to statefulset spec for fields other than ");
        assertEquals(web, cluster.get("deployment", "orange-web").path("spec").toString());
        assertRuns(ControlScript.CLEANUP, first, none);

        cluster.kubectl("delete", "rolebinding/octopod", "--namespace", cluster.namespace());
        awaitRefusal(none, "cannot list resource \"secrets\" in API group \"\" in the namespace");
        awaitNothing();
    }

    private void awaitRefusal(Overrides application, String sentence) throws Exception {
        ScriptResult last = run(ControlScript.CONFIG_CHECK, second, application);
        for (int i = 0; i < TRIES && !last.stdout().contains(sentence); i++) {
            last = run(ControlScript.CONFIG_CHECK, second, application);
        }
        assertTrue(last.stdout().contains(sentence), last.stdout() + last.stderr());
        assertEquals(1, last.exitCode());
    }

    private JsonNode web() throws Exception {
        return cluster.get("deployment", "orange-web").at("/spec/template/spec/containers/0");
    }

    private String variable(String name) throws Exception {
        for (JsonNode each : web().path("env")) {
            if (each.path("name").asText().equals(name)) {
                return each.path("value").asText();
            }
        }
        return null;
    }
}
