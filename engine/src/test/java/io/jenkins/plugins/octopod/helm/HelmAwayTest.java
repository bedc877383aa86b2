package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the scripts do when Helm or the cluster can't be asked: that isn't taken for the answer that there is nothing. */
class HelmAwayTest extends AbstractHelmTest {

    private static final String LOST =
            "Error: Kubernetes cluster unreachable: dial tcp 10.0.0.1:6443: connect: connection refused";

    /** The cluster says of a missing role that it wasn't found. */
    @ParameterizedTest
    @MethodSource("helms")
    void aReleaseThatMayNotBeReadIsThere(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        cluster.forbid("secrets");
        assertNothingIsDeleted();
    }

    /** The shell says so of a program. */
    @ParameterizedTest
    @MethodSource("helms")
    void aReleaseIsThereWithoutHelm(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        wrapHelm(helm, "get* | status* | uninstall*) exec /nowhere/helm ;;");
        assertNothingIsDeleted();
    }

    private void assertNothingIsDeleted() throws Exception {
        for (ControlScript script : List.of(ControlScript.ARCHIVE, ControlScript.CLEANUP)) {
            assertFails(run(script, "orange", Map.of()), "The release orange can't be read: ");
            assertEquals(List.of("data-orange-database-0"), cluster.names("v1", "persistentvolumeclaims"));
        }
    }

    /** A second later Helm may be able to, and would delete it. */
    @ParameterizedTest
    @MethodSource("helms")
    void aGuardThatLosesTheClusterLetsNothingPass(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "green", Map.of("hook", "green-hook"));
        JsonNode before = cluster.get("v1", "services", "green-hook");
        wrapHelm(helm, "*--dry-run=server*) echo '" + LOST + "' >&2; exit 1 ;;");
        ScriptResult refused = run(ControlScript.CREATE, "orange", Map.of("hook", "green-hook", "port", "1"));
        assertFails(refused, "The cluster can't be asked: ");
        assertFails(refused, "connection refused");
        assertEquals(before, cluster.get("v1", "services", "green-hook"));
    }

    /** A connection has another port each time. */
    @ParameterizedTest
    @MethodSource("helms")
    void aClusterThatIsAwayIsToldOnce(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        cluster.controllers().stick();
        scripts.settings(shop("timeout 10s"));
        Path looks = directory.resolve("looks");
        wrapKubectl("*lib/kubectl/workloads*) echo >>'" + looks
                + "'; echo \"Error: read tcp 10.0.0.7:$$->10.0.0.1:6443: connection reset by peer\" >&2; exit 1 ;;");
        ScriptResult late = run(ControlScript.UPDATE, "orange", Map.of("image.tag", "v2"));
        assertTrue(Files.readAllLines(looks).size() > 2, late.stdout());
        List<String> told = late.stdout()
                .lines()
                .filter(line -> line.startsWith("Waiting: "))
                .toList();
        assertEquals(
                List.of(
                        "Waiting: the cluster can't be asked: read tcp 10.0.0.7->10.0.0.1:6443: connection reset by peer"),
                told);
    }

    @ParameterizedTest
    @MethodSource("helms")
    void whyNothingCanBeChangedIsTold(Path helm) throws Exception {
        use(helm);
        Map<String, String> values = Map.of("scaler", "true");
        assertRuns(ControlScript.CREATE, "orange", values);
        for (String resource : List.of("scaledobjects.keda.sh", "deployments.apps")) {
            wrapKubectl("*' patch " + resource + "/'*) echo 'Error: no time' >&2; exit 1 ;;");
            assertFails(run(ControlScript.ARCHIVE, "orange", values), "The cluster can't be asked: ");
        }
    }
}
