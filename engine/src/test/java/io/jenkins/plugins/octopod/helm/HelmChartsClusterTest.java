package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.process.ScriptCommand;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.engine.process.ScriptRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Charts as people have them, each through its whole life: what {@code helm create} makes; one with a subchart, hooks and claims; and
 * one with lists of maps, conditions on what the cluster has, and a schema.
 */
class HelmChartsClusterTest extends AbstractClusterTest {

    private static final Path CHARTS = HelmScripts.CHART.getParent();

    /** Serves HTTP, so it gets ready by the probes that a chart of {@code helm create} has. */
    private static final String WEB_SERVER = "registry.k8s.io/e2e-test-images/nginx";

    /** What the staging has been told last. */
    private Overrides deployment;

    private Overrides application;

    @ParameterizedTest
    @MethodSource("helms")
    void whatHelmCreateMakes(Path helm) throws Exception {
        use(
                helm,
                created(helm, "web"),
                "ingress-host-key ingress.hosts[0].host ingress.tls[0].hosts[0]",
                "application image.repository=" + WEB_SERVER,
                "application ingress.enabled=true",
                "application ingress.tls[0].secretName=web-tls",
                "application tolerations[0].key=dedicated",
                "application tolerations[0].operator=Exists",
                "application tolerations[1].key=gpu",
                "application tolerations[1].operator=Exists");
        deploy(
                ControlScript.CREATE,
                "1.14-4",
                """
                replicaCount=2
                serviceAccount.automount=false
                podLabels.build=0815
                podAnnotations.example\\.com/port=8080
                """);
        assertEquals(List.of("https://orange.staging.example.com"), links());
        assertEquals(
                false,
                cluster.get("serviceaccount", "orange-web")
                        .path("automountServiceAccountToken")
                        .asBoolean(true));
        JsonNode template = cluster.get("deployment", "orange-web").at("/spec/template");
        assertEquals("0815", template.at("/metadata/labels/build").asText());
        assertEquals(
                "8080", template.at("/metadata/annotations/example.com~1port").asText());
        assertEquals(
                WEB_SERVER + ":1.14-4", template.at("/spec/containers/0/image").asText());

        String changed =
                """
                replicaCount=3
                service.port=8080
                -tolerations[0].key
                -tolerations[0].operator
                livenessProbe.httpGet.path=/live
                """;
        deploy(ControlScript.UPDATE, "1.15-4", changed);
        assertChanged();

        failsToPull(changed, "orange-web-", WEB_SERVER);
        deploy(ControlScript.UPDATE, "1.15-4", changed);
        archive();
        assertEquals(List.of(), cluster.names("pods,persistentvolumeclaims"));
        unarchive();
        assertChanged();
        cleanUp();
    }

    private void assertChanged() throws Exception {
        JsonNode spec = cluster.get("deployment", "orange-web").path("spec");
        assertEquals(3, spec.path("replicas").asInt());
        assertEquals(List.of("gpu"), spec.at("/template/spec/tolerations").findValuesAsText("key"));
        JsonNode container = spec.at("/template/spec/containers/0");
        assertEquals(WEB_SERVER + ":1.15-4", container.path("image").asText());
        assertEquals("/live", container.at("/livenessProbe/httpGet/path").asText());
        assertEquals("/", container.at("/readinessProbe/httpGet/path").asText());
        assertEquals(
                8080,
                cluster.get("service", "orange-web").at("/spec/ports/0/port").asInt());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void oneWithListsConditionsAndASchema(Path helm) throws Exception {
        use(helm, CHARTS.resolve("listed"), "ingress-host-key routes[0].host", "application image.repository=" + IMAGE);
        assertRefused("replicas=many", "replicas");
        assertRefused("ports[0].containerPort=http", "containerPort");
        assertRefused("-env[1].value", "value");
        assertRefused("logLevel=loud", "logLevel");
        assertRefused("monitoring.required=true", "install the operator of monitors first");

        deploy(
                ControlScript.CREATE,
                "3.9",
                """
                ports[0].containerPort=9090
                env[3].name=PHONE
                env[3].value=+4930
                """);
        assertEquals(List.of("DEBUG=true", "COLOR=red", "PORT=8080", "PHONE=+4930", "LOG_LEVEL=info"), variables());
        assertEquals(List.of("http://orange.staging.example.com"), links());
        assertEquals(
                List.of("cronjob.batch/orange-nightly", "ingress.networking.k8s.io/orange"),
                cluster.names("cronjobs,ingresses"));
        assertEquals(List.of("9090", "9100"), ports());

        String changed =
                """
                replicas=2
                logLevel=debug
                env[0].value=false
                -env[1].name
                -env[1].value
                -ports[1].name
                -ports[1].containerPort
                -tolerations[0].key
                -tolerations[0].operator
                routes[1].host=www.shop.local
                routes[1].paths[0]=/
                """;
        deploy(ControlScript.UPDATE, "3.10", changed);
        assertListsChanged();
        assertEquals(List.of("http://orange.staging.example.com", "http://www.shop.local"), links());

        failsToPull(changed, "orange-web-", IMAGE);
        deploy(ControlScript.UPDATE, "3.10", changed);
        archive();
        assertEquals(List.of(), cluster.names("pods,jobs,persistentvolumeclaims"));
        unarchive();
        assertListsChanged();
        cleanUp();
    }

    @ParameterizedTest
    @MethodSource("helms")
    void oneWithASubchartHooksAndClaims(Path helm) throws Exception {
        use(helm, CHARTS.resolve("hooked"), "application image.repository=" + IMAGE);
        deploy(ControlScript.CREATE, "3.9", "database.port=3307");
        assertEquals("3307", databasePort());
        assertEquals(List.of("job.batch/orange-migrate"), cluster.names("jobs"));
        assertEquals(claims("data-orange-database-0", "orange-files"), cluster.names("persistentvolumeclaims"));

        String changed =
                """
                replicas=2
                database.port=3308
                database.replicas=2
                """;
        deploy(ControlScript.UPDATE, "3.10", changed);
        assertHooked();

        Overrides failing = Overrides.parse(changed + "job.image=" + IMAGE + ":missing\n");
        ScriptResult update = run(ControlScript.UPDATE, deployment, failing);
        assertFalse(update.isSuccess(), update.stdout());
        assertTrue(update.stdout().contains("Waiting: the hook Job/orange-migrate"), update.stdout());
        assertTrue(
                update.stderr().contains("orange can't become ready: pod orange-migrate-")
                        && update.stderr().contains(IMAGE + ":missing"),
                update.stderr());
        deploy(ControlScript.UPDATE, "3.10", changed);

        archive();
        assertEquals(List.of(), cluster.names("pods,jobs"));
        assertEquals(
                claims("data-orange-database-0", "data-orange-database-1", "orange-files"),
                cluster.names("persistentvolumeclaims"));
        unarchive();
        assertHooked();
        cleanUp();
    }

    private void assertHooked() throws Exception {
        assertEquals("3308", databasePort());
        assertEquals(
                2,
                cluster.get("statefulset", "orange-database")
                        .at("/status/readyReplicas")
                        .asInt());
        assertEquals(
                2,
                cluster.get("deployment", "orange-web")
                        .at("/status/readyReplicas")
                        .asInt());
    }

    private String databasePort() throws Exception {
        return cluster.get("statefulset", "orange-database")
                .at("/spec/template/spec/containers/0/env/0/value")
                .asText();
    }

    private static List<String> claims(String... names) {
        return Stream.of(names).map(name -> "persistentvolumeclaim/" + name).toList();
    }

    private void assertListsChanged() throws Exception {
        assertEquals(List.of("DEBUG=false", "PORT=8080", "LOG_LEVEL=debug"), variables());
        assertEquals(List.of("8080"), ports());
        assertEquals(
                List.of(),
                cluster.get("deployment", "orange-web")
                        .at("/spec/template/spec/tolerations")
                        .findValuesAsText("key"));
        assertEquals(
                2,
                cluster.get("deployment", "orange-web")
                        .at("/status/readyReplicas")
                        .asInt());
    }

    /** What {@code helm create} makes. */
    private Path created(Path helm, String name) throws Exception {
        ScriptResult result = new ScriptRunner(10_000)
                .run(new ScriptCommand(
                        List.of(helm.toString(), "create", name),
                        directory,
                        Map.of("HOME", directory.toString()),
                        Duration.ofSeconds(60)));
        assertTrue(result.isSuccess(), result.stderr());
        return directory.resolve(name);
    }

    /** Tells the staging that, and returns when it is ready. */
    private void deploy(ControlScript script, String tag, String overrides) throws Exception {
        deployment = Overrides.of(Map.of("image.tag", tag));
        application = Overrides.parse(overrides);
        assertRuns(ControlScript.CONFIG_CHECK, deployment, application);
        assertRuns(script, deployment, application);
        assertRuns(ControlScript.CHECK, deployment, application);
        assertEquals(
                1, run(ControlScript.ARCHIVE_CHECK, deployment, application).exitCode());
    }

    /** An update with an image that there isn't ends with that as its reason, and the old version serves on. */
    private void failsToPull(String overrides, String pod, String repository) throws Exception {
        Overrides missing = Overrides.of(Map.of("image.tag", "missing"));
        Overrides values = Overrides.parse(overrides);
        assertRuns(ControlScript.CONFIG_CHECK, missing, values);
        ScriptResult update = run(ControlScript.UPDATE, missing, values);
        assertFalse(update.isSuccess(), update.stdout());
        String reason = update.stderr().strip();
        reason = reason.substring(reason.lastIndexOf('\n') + 1);
        assertTrue(reason.startsWith("orange can't become ready: pod " + pod), update.stderr());
        assertTrue(reason.contains("ImagePull") && reason.contains(repository + ":missing"), reason);
        assertTrue(update.stdout().contains("Waiting: "), update.stdout());
        assertEquals(3, run(ControlScript.CHECK, missing, values).exitCode());
    }

    private void assertRefused(String overrides, String word) throws Exception {
        ScriptResult check = run(ControlScript.CONFIG_CHECK, Overrides.NONE, Overrides.parse(overrides));
        assertEquals(1, check.exitCode(), overrides);
        assertTrue(check.stdout().contains(word), check.stdout());
    }

    private void archive() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertRuns(ControlScript.ARCHIVE, deployment, application);
        }
        awaitSuccess(ControlScript.ARCHIVE_CHECK, deployment, application);
        ScriptResult check = run(ControlScript.CHECK, deployment, application);
        assertEquals(1, check.exitCode());
        assertTrue(check.stderr().contains("scaled to zero"), check.stderr());
    }

    private void unarchive() throws Exception {
        assertRuns(ControlScript.UNARCHIVE, deployment, application);
        awaitSuccess(ControlScript.CHECK, deployment, application);
    }

    private void cleanUp() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertRuns(ControlScript.CLEANUP, deployment, application);
        }
        awaitNothing();
    }

    private List<String> links() throws Exception {
        String output = assertRuns(ControlScript.INFO, deployment, application).stdout();
        return ScriptOutputCsv.links(output).stream().map(StagingLink::url).toList();
    }

    /** Such as {@code DEBUG=true}, each, in order. */
    private List<String> variables() throws Exception {
        JsonNode container = cluster.get("deployment", "orange-web").at("/spec/template/spec/containers/0");
        List<String> variables = new ArrayList<>();
        for (JsonNode each : container.path("env")) {
            variables.add(each.path("name").asText() + "=" + each.path("value").asText());
        }
        return variables;
    }

    private List<String> ports() throws Exception {
        return cluster.get("deployment", "orange-web")
                .at("/spec/template/spec/containers/0/ports")
                .findValuesAsText("containerPort");
    }
}
