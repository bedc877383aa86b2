package io.jenkins.plugins.octopod.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.fixtures.ClusterProject;
import io.jenkins.plugins.octopod.fixtures.RealCluster;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.kubernetes.ClusterProperty;
import io.jenkins.plugins.octopod.kubernetes.status.ClusterReconciler;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.kubernetes.watch.WatchedStaging;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * What it costs Jenkins to watch a real cluster in which each staging has a namespace of its own: time until all are known, threads,
 * memory, and processor time of a minute in which nothing happens. The namespaces are empty. Skipped if no cluster is named.
 */
@Tag("benchmark")
@WithJenkins
class NamespacesBenchmark {

    private static final int MAX_SECONDS = 300;
    private static final int MINUTE_MILLIS = 60_000;

    @TempDir
    private Path demoHome;

    @Test
    void whatNamespacesCost(JenkinsRule jenkins) throws Exception {
        Report report = new Report("namespaces");
        try (RealCluster cluster = RealCluster.start()) {
            TestProject project = TestProject.demo(jenkins, demoHome);
            Staging model =
                    project.finished(project.submit(Kind.CREATE, "model")).getParent();
            for (int count : List.of(1, 100, 250)) {
                project = ManyStagings.fillUp(project, (Staging) project.project.childOrNull(model.getName()), count);
                measure(report, jenkins, project, cluster, count);
            }
        }
        report.finish();
    }

    private static void measure(Report report, JenkinsRule jenkins, TestProject project, RealCluster cluster, int count)
            throws Exception {
        long memory = memory();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        long start = System.nanoTime();
        ClusterProperty property = ClusterProject.property(cluster, HealthMode.BETWEEN_CHECKS);
        property.setServer(cluster.directUrl());
        property.setNamespace(cluster.namespace() + "-${name}");
        ClusterProject.giveToken(jenkins, cluster.token());
        ClusterProject.set(project.project, property);
        List<WatchedStaging> unknown = unknown(project);
        while (!unknown.isEmpty()) {
            double seconds = (System.nanoTime() - start) / 1e9;
            assertTrue(
                    seconds < MAX_SECONDS,
                    unknown.size() + " are unknown, the first as: "
                            + unknown.stream()
                                    .map(each -> each == null ? "not watched" : String.valueOf(each.error()))
                                    .distinct()
                                    .toList());
            Thread.sleep(100);
            unknown = unknown(project);
        }
        double known = (System.nanoTime() - start) / 1e9;
        long after = memory();
        int watching = ManagementFactory.getThreadMXBean().getThreadCount();
        long processor = processorNanos();
        Thread.sleep(MINUTE_MILLIS);
        double idle = (processorNanos() - processor) / 1e6;
        assertEquals(List.of(), unknown(project));
        report.add(
                "namespaces",
                count,
                "known after s",
                known,
                "threads",
                watching - threads,
                "memory MB",
                (after - memory) / 1e6,
                "ms of a processor a minute",
                idle);
        ClusterProject.set(project.project, null);
        TestProject.await(
                "the end of the watches",
                () -> ManagementFactory.getThreadMXBean().getThreadCount() < threads + count + 50 ? true : null);
    }

    /** Null for one that isn’t watched yet. */
    private static List<WatchedStaging> unknown(TestProject project) {
        return project.project.children().stream()
                .map(child -> ClusterReconciler.getOrNull().watchedStaging((Staging) child))
                .filter(watched -> watched == null || !watched.watch().isKnown() || watched.error() != null)
                .toList();
    }

    private static long memory() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(500);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long processorNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
