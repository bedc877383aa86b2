package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** A test of the scripts in a namespace of a real cluster, with an account that may only what docs/helm.md says. */
@Tag("cluster")
abstract class AbstractClusterTest extends AbstractScriptsTest {

    /** Runs until it is told to end, and asks for nothing. */
    static final String IMAGE = "registry.k8s.io/pause";

    /** The staging's. */
    static final String NAME = "orange";

    /** How often a script is asked for a state that the cluster takes a while to reach. */
    static final int TRIES = 120;

    RealCluster cluster;
    HelmScripts scripts;

    @BeforeEach
    void start() throws Exception {
        cluster = new RealCluster(directory);
    }

    @AfterEach
    void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** Has the scripts deploy that chart, within a minute and a half unless a setting says another time. */
    void use(Path helm, Path chart, String... settings) throws Exception {
        scripts = new HelmScripts(
                        directory, helm, new ProjectIdentity("shop", "staging.example.com", cluster.namespace()))
                .settings(Stream.concat(Stream.of("deployment chart_name=" + chart, "timeout 90s"), Stream.of(settings))
                        .toArray(String[]::new));
    }

    ScriptResult run(ControlScript script, Overrides deployment, Overrides application) throws Exception {
        return scripts.run(script, NAME, deployment, application);
    }

    ScriptResult assertRuns(ControlScript script, Overrides deployment, Overrides application) throws Exception {
        ScriptResult result = run(script, deployment, application);
        assertTrue(result.isSuccess(), () -> script + ": " + result.stdout() + result.stderr());
        return result;
    }

    /** Asks until it says yes: a cluster takes a while, and each question is a process. */
    void awaitSuccess(ControlScript script, Overrides deployment, Overrides application) throws Exception {
        ScriptResult last = run(script, deployment, application);
        for (int i = 0; i < TRIES && !last.isSuccess(); i++) {
            last = run(script, deployment, application);
        }
        assertTrue(last.isSuccess(), script + ": " + last.stdout() + last.stderr());
    }

    /** Asks until the namespace has nothing of any kind that it didn't have at the start. */
    void awaitNothing() throws Exception {
        List<String> left = cluster.added();
        for (int i = 0; i < TRIES && !left.isEmpty(); i++) {
            left = cluster.added();
        }
        assertEquals(List.of(), left);
    }
}
