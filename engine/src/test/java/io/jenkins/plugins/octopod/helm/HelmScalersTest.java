package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stagings with KEDA's autoscalers: they rest while a staging is archived, and what they have scaled to zero is ready. */
class HelmScalersTest extends AbstractHelmTest {

    @ParameterizedTest
    @MethodSource("helms")
    void anAutoscalerIsPausedWhileItIsArchived(Path helm) throws Exception {
        use(helm);
        Map<String, String> values = Map.of("scaler", "true", "autoscaled", "true");
        assertRuns(ControlScript.CREATE, "orange", values);
        for (int i = 0; i < 2; i++) {
            assertRuns(ControlScript.ARCHIVE, "orange", values);
        }
        assertEquals("0", paused("orange").asText());
        assertRuns(ControlScript.UNARCHIVE, "orange", values);
        assertFalse(paused("orange").isTextual(), paused("orange").toString());

        // What the chart itself says comes back.
        Map<String, String> fixed = Map.of("scaler", "true", "paused", "3");
        assertRuns(ControlScript.CREATE, "green", fixed);
        for (int i = 0; i < 2; i++) {
            assertRuns(ControlScript.ARCHIVE, "green", fixed);
        }
        assertEquals("0", paused("green").asText());
        assertRuns(ControlScript.UNARCHIVE, "green", fixed);
        assertEquals("3", paused("green").asText());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void whatKedaHasScaledToZeroIsReady(Path helm) throws Exception {
        use(helm);
        Map<String, String> values =
                Map.of("scaler", "true", "autoscaled", "true", "minimum", "0", "database.enabled", "false");
        assertRuns(ControlScript.CREATE, "orange", values);
        cluster.patch("apps/v1", "deployments", "orange-web", "{\"spec\":{\"replicas\":0}}");
        assertEquals(
                "All workloads of orange are scaled to zero, and KEDA starts Deployment/orange-web again when there is work.",
                assertRuns(ControlScript.CHECK, "orange", values).stdout().strip());

        assertRuns(ControlScript.ARCHIVE, "orange", values);
        assertEquals(1, run(ControlScript.CHECK, "orange", values).exitCode());

        Map<String, String> atLeastOne =
                Map.of("scaler", "true", "autoscaled", "true", "minimum", "1", "database.enabled", "false");
        assertRuns(ControlScript.CREATE, "green", atLeastOne);
        cluster.patch("apps/v1", "deployments", "green-web", "{\"spec\":{\"replicas\":0}}");
        assertEquals(1, run(ControlScript.CHECK, "green", atLeastOne).exitCode());
    }

    /** KEDA then has a minimum while there is work only. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatKedaHasScaledToZeroInSpiteOfAMinimumIsReady(Path helm) throws Exception {
        use(helm);
        Map<String, String> values = Map.of(
                "scaler", "true", "autoscaled", "true", "minimum", "2", "idle", "0", "database.enabled", "false");
        assertRuns(ControlScript.CREATE, "orange", values);
        cluster.patch("apps/v1", "deployments", "orange-web", "{\"spec\":{\"replicas\":0}}");
        pauseByHand("false");
        assertRuns(ControlScript.CHECK, "orange", values);
        pauseByHand("true");
        assertEquals(1, run(ControlScript.CHECK, "orange", values).exitCode());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void thatTheClusterDoesNotSayWhatKedaHasScaledIsNoZero(Path helm) throws Exception {
        use(helm);
        Map<String, String> values = Map.of("autoscaled", "true", "database.enabled", "false");
        assertRuns(ControlScript.CREATE, "orange", values);
        cluster.patch("apps/v1", "deployments", "orange-web", "{\"spec\":{\"replicas\":0}}");
        for (String[] answer : new String[][] {
            {"Error from server (ServiceUnavailable): try again", "The cluster can't be asked: "},
            {
                "Error from server (Forbidden): scaledobjects.keda.sh is forbidden",
                "All workloads of orange are scaled to zero."
            },
            {
                "error: the server doesn't have a resource type \\\"scaledobjects\\\"",
                "All workloads of orange are scaled to zero."
            }
        }) {
            Path kubectl = HelmTools.program(
                    directory.resolve("kubectl"),
                    "#!/bin/sh\ncase $* in *scaledobjects.keda.sh*) echo \"" + answer[0]
                            + "\" >&2; exit 1 ;; esac\nexec '" + HelmTools.kubectl() + "' \"$@\"\n");
            scripts.variable("KUBECTL_BIN", kubectl.toString());
            ScriptResult check = run(ControlScript.CHECK, "orange", values);
            assertEquals(1, check.exitCode());
            assertTrue(check.stderr().startsWith(answer[1]), check.stderr());
        }
    }

    private void pauseByHand(String paused) {
        cluster.patch(
                "keda.sh/v1alpha1",
                "scaledobjects",
                "orange-web",
                "{\"metadata\":{\"annotations\":{\"autoscaling.keda.sh/paused\":\"" + paused + "\"}}}");
    }

    /** The Jobs that it has made have no labels, where its template has none. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatMakesJobsForAQueueIsPausedAndItsJobsAreStopped(Path helm) throws Exception {
        use(helm);
        Map<String, String> values = Map.of("scaledJob", "true");
        assertRuns(ControlScript.CREATE, "orange", values);
        for (String of : List.of("orange", "green")) {
            cluster.create("batch/v1", "jobs", JOB.formatted(of + "-queue-1", "ScaledJob", of + "-queue"));
        }
        for (int i = 0; i < 2; i++) {
            assertRuns(ControlScript.ARCHIVE, "orange", values);
        }
        assertEquals(List.of("green-queue-1"), cluster.names("batch/v1", "jobs"));
        assertEquals("true", queue().asText());
        assertRuns(ControlScript.UNARCHIVE, "orange", values);
        assertFalse(queue().isTextual(), queue().toString());
    }

    private JsonNode queue() {
        return cluster.get("keda.sh/v1alpha1", "scaledjobs", "orange-queue")
                .at("/metadata/annotations/autoscaling.keda.sh~1paused");
    }

    private JsonNode paused(String staging) {
        return cluster.get("keda.sh/v1alpha1", "scaledobjects", staging + "-web")
                .at("/metadata/annotations/autoscaling.keda.sh~1paused-replicas");
    }
}
