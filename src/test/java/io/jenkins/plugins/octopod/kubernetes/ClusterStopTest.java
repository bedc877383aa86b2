package io.jenkins.plugins.octopod.kubernetes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ClusterProject;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestCluster;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.kubernetes.status.ClusterReconciler;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.kubernetes.watch.WatchedStaging;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A Jenkins that stops leaves its clusters alone, and one that starts finds them again. */
@Tag("jenkins")
class ClusterStopTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    @TempDir
    private Path scripts;

    @Test
    void connectionsGoAndComeWithJenkins() throws Throwable {
        try (TestCluster cluster = TestCluster.start(directory)) {
            sessions.then(jenkins -> {
                TestProject demo = TestProject.withScripts(
                        jenkins,
                        new ScriptDirectory(scripts)
                                .with(ControlScript.CHECK, "exit 0")
                                .path());
                demo.connectAgent("agent");
                demo.finished(demo.submit(Kind.CREATE, "orange-button"));
                ClusterProject.connect(jenkins, demo.project, cluster, HealthMode.OFF);
                awaitKnown(demo.staging("orange-button"));
                assertTrue(cluster.front.connections() > 0);
            });
            TestProject.await("the connections to be closed", () -> cluster.front.connections() == 0 ? true : null);
            sessions.then(jenkins -> awaitKnown(TestProject.again(jenkins).staging("orange-button")));
        }
    }

    private static void awaitKnown(Staging staging) throws Exception {
        TestProject.await("the cluster to be known", () -> {
            WatchedStaging watchedStaging = ClusterReconciler.getOrNull().watchedStaging(staging);
            return watchedStaging != null && watchedStaging.watch().isKnown() ? watchedStaging : null;
        });
    }
}
