package io.jenkins.plugins.octopod.benchmark;

import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.deployment;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.jenkins.plugins.octopod.fixtures.ClusterProject;
import io.jenkins.plugins.octopod.fixtures.TestCluster;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * How long it takes until a change in a cluster has come to an open dashboard that asks once a second: from the request that changes
 * the object in the cluster to the answer with the other status. With a deployment and a pod for each staging.
 */
@Tag("benchmark")
@WithJenkins
class KubernetesBenchmark {

    private static final int ROUNDS = 41;
    private static final int STAGINGS = 1000;
    private static final long POLL_MILLIS = 1000;

    @TempDir
    private Path demoHome;

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void untilAnOpenDashboardShowsIt(JenkinsRule jenkins) throws Exception {
        try (TestCluster cluster = TestCluster.start(directory)) {
            TestProject project = TestProject.demo(jenkins, demoHome);
            Staging model =
                    project.finished(project.submit(Kind.CREATE, "model")).getParent();
            project = ManyStagings.fillUp(project, model, STAGINGS);
            List<Deployment> deployments = new ArrayList<>();
            List<Pod> pods = new ArrayList<>();
            for (var child : project.project.children()) {
                deployments.add(deployment(child.getName(), child.getName(), "shop:v1", 1, 1));
                pods.add(pod(child.getName(), child.getName() + "-1", "shop:v1", true));
            }
            cluster.api.load("/apis/apps/v1/namespaces/demo/deployments", deployments);
            cluster.api.load("/api/v1/namespaces/demo/pods", pods);
            ClusterProject.connect(jenkins, project.project, cluster, HealthMode.BETWEEN_CHECKS);
            String feed = jenkins.getURL() + "job/demo/view/Stagings/board/feed/";
            OpenPage page = new OpenPage(feed);
            page.poll();
            // Until the cluster is known: what comes before that comes late for another reason.
            until(page, cluster, "copy-7", 0, "GenericFailure");
            until(page, cluster, "copy-7", 1, "Running");

            List<Double> seen = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                boolean down = i % 2 == 0;
                seen.add(until(
                        page, cluster, "copy-" + (10 + i / 2), down ? 0 : 1, down ? "GenericFailure" : "Running"));
            }
            Collections.sort(seen);
            assertEquals(6, cluster.api.watches());
            Report report = new Report("kubernetes");
            report.add(
                    "stagings",
                    STAGINGS,
                    "watches",
                    cluster.api.watches(),
                    "median ms",
                    seen.get(ROUNDS / 2),
                    "90 % ms",
                    seen.get(ROUNDS * 9 / 10),
                    "at most ms",
                    seen.get(ROUNDS - 1));
            report.finish();
            assertTrue(seen.get(ROUNDS - 1) < 2000, "within two seconds: " + seen);
        }
    }

    /** In milliseconds. */
    private static double until(OpenPage page, TestCluster cluster, String name, int ready, String status)
            throws Exception {
        long start = System.nanoTime();
        cluster.put(deployment(name, name, "shop:v1", 1, ready));
        // The page asks next at any point of its pause.
        Thread.sleep((long) (Math.random() * POLL_MILLIS));
        for (int i = 0; i < 60; i++) {
            if (page.poll().contains(name + ' ' + status)) {
                return (System.nanoTime() - start) / 1e6;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new AssertionError(name + " never became " + status);
    }

    /** Asks as the page’s script does. */
    private final class OpenPage {

        private final String feed;
        private String etag = "";

        OpenPage(String feed) {
            this.feed = feed;
        }

        /** The names and statuses of those that have changed. */
        List<String> poll() throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create(feed))
                    .header("If-None-Match", etag)
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 304) {
                return List.of();
            }
            etag = response.headers().firstValue("ETag").orElseThrow();
            List<String> changed = new ArrayList<>();
            for (JsonNode staging : mapper.readTree(response.body()).path("stagings")) {
                changed.add(staging.path("name").asText()
                        + ' '
                        + staging.path("status").asText());
            }
            return changed;
        }
    }
}
