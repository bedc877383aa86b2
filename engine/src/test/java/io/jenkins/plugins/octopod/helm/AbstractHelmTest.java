package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** A test of the scripts with a cluster of its own, which a mock serves, and with each real helm of this machine. */
@Tag("helm")
abstract class AbstractHelmTest extends AbstractScriptsTest {

    /** A Job that another object has made: its name, and the kind and the name of its owner. */
    static final String JOB =
            """
            {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "%s", "namespace": "stagings",
             "ownerReferences": [{"apiVersion": "batch/v1", "kind": "%s", "name": "%s"}]}, "spec": {}}
            """;

    TestCluster cluster;

    /** The scripts with one helm, as the test has set them up. */
    HelmScripts scripts;

    @BeforeEach
    void start() throws Exception {
        cluster = new TestCluster(directory);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    /** Has the scripts deploy the chart of the tests, within half a minute unless a setting says another time. */
    void use(Path helm, String... settings) throws Exception {
        scripts = new HelmScripts(directory, helm).settings(shop(settings));
    }

    /** These settings, and before them what {@link #use} sets. */
    static String[] shop(String... settings) {
        return Stream.concat(
                        Stream.of("deployment chart_name=" + HelmScripts.CHART, "timeout 30s"), Stream.of(settings))
                .toArray(String[]::new);
    }

    /** Has the scripts use a helm that does something else for some {@linkplain HelmTools#wrapper cases}. */
    void wrapHelm(Path helm, String cases) throws Exception {
        scripts.variable(
                "HELM_BIN",
                HelmTools.wrapper(directory.resolve("wrapped-helm"), helm, cases)
                        .toString());
    }

    /** As {@link #wrapHelm}, for kubectl. */
    void wrapKubectl(String cases) throws Exception {
        scripts.variable(
                "KUBECTL_BIN",
                HelmTools.wrapper(directory.resolve("wrapped-kubectl"), HelmTools.kubectl(), cases)
                        .toString());
    }

    static void assertFails(ScriptResult result, String sentence) {
        assertFalse(result.isSuccess(), result.stdout());
        assertTrue(result.stderr().contains(sentence), result.stderr());
    }

    ScriptResult assertRuns(ControlScript script, String name, Map<String, String> values) throws Exception {
        ScriptResult result = run(script, name, values);
        assertTrue(result.isSuccess(), () -> script + ": " + result.stdout() + result.stderr());
        return result;
    }

    ScriptResult run(ControlScript script, String name, Map<String, String> values) throws Exception {
        return scripts.run(script, name, Overrides.NONE, Overrides.of(values));
    }
}
