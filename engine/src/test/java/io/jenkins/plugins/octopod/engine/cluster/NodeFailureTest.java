package io.jenkins.plugins.octopod.engine.cluster;

import static io.jenkins.plugins.octopod.engine.cluster.Seen.running;
import static io.jenkins.plugins.octopod.engine.cluster.Seen.waiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.CheckResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A node that runs out of memory or is shut down ends pods, and a cluster keeps them for as long as it likes. */
class NodeFailureTest {

    private static final Duration SOON = Duration.ofSeconds(61);
    private static final Duration DAYS = Duration.ofDays(3);
    private static final String EVICTED =
            " was ended by its node or the cluster (Evicted): The node was low on resource: memory.";
    private static final ContainerSnapshot STARTING = waiting("shop:v7", null, "");

    private static void assertHealth(CheckResult result, String sentence, Seen seen) {
        assertEquals(new WorkloadHealth(result, sentence), seen.health("v7"));
    }

    @Test
    void itIsTheReasonUntilAnotherPodServesInItsPlace() {
        assertHealth(
                CheckResult.PARTIAL_AVAILABILITY,
                "Pod web-a" + EVICTED,
                new Seen()
                        .deployment("web", 2, 1, "shop:v7")
                        .evictedPodOf("Deployment web", "web-a")
                        .podOf("Deployment web", "web-b", true, running("shop:v7")));
        assertHealth(
                CheckResult.GENERIC_FAILURE,
                "Pod web-a" + EVICTED,
                new Seen()
                        .deployment("web", 1, 0, "shop:v7")
                        .evictedPodOf("Deployment web", "web-a")
                        .later(SOON)
                        .podOf("Deployment web", "web-b", false, STARTING));
        assertHealth(
                CheckResult.OK,
                "",
                new Seen()
                        .deployment("web", 1, 1, "shop:v7")
                        .evictedPodOf("Deployment web", "web-a")
                        .later(SOON)
                        .podOf("Deployment web", "web-b", true, running("shop:v7")));
    }

    @Test
    void itIsNotTheReasonOfWhatHappensLater() {
        Seen replaced = new Seen()
                .deployment("web", 2, 1, "shop:v7")
                .evictedPodOf("Deployment web", "web-a")
                .later(SOON)
                .podOf("Deployment web", "web-b", true, running("shop:v7"))
                .later(DAYS)
                .podOf("Deployment web", "web-c", false, STARTING);
        assertHealth(CheckResult.PARTIAL_AVAILABILITY, "1 of 2 pods are ready.", replaced);
        Seen deployedAnew = new Seen()
                .deployment("web", 1, 0, "shop:v7")
                .evictedPodOf("Deployment web", "web-a")
                .later(DAYS)
                .podOf("Deployment web", "web-c", false, STARTING);
        assertHealth(CheckResult.GENERIC_FAILURE, "0 of 1 pod is ready.", deployedAnew);
        Seen other = new Seen()
                .deployment("web", 1, 1, "shop:v7")
                .deployment("api", 1, 0, "shop:v7")
                .evictedPodOf("Deployment web", "web-a");
        assertHealth(CheckResult.PARTIAL_AVAILABILITY, "1 of 2 pods are ready.", other);
    }

    @Test
    void whatKeepsAnotherPodAwayComesFirst() {
        assertHealth(
                CheckResult.GENERIC_FAILURE,
                "No node takes pod web-b: 0/3 nodes are available.",
                new Seen()
                        .deployment("web", 1, 0, "shop:v7")
                        .evictedPodOf("Deployment web", "web-a")
                        .later(SOON)
                        .pod("web-b", "Pending", false, false, "0/3 nodes are available.", STARTING));
    }

    @Test
    void aPodThatNothingMakesAnewIsGone() {
        String anew = " Nothing makes it anew: deploy again.";
        assertHealth(CheckResult.GENERIC_FAILURE, "Pod web-a" + EVICTED + anew, new Seen().evictedPodOf(null, "web-a"));
        assertTrue(new Seen().evictedPodOf(null, "web-a").done().isNothingLeft());
        assertHealth(
                CheckResult.OK,
                "",
                new Seen().evictedPodOf(null, "web-a").podOf(null, "web-b", true, running("shop:v7")));
        assertHealth(
                CheckResult.PARTIAL_AVAILABILITY,
                "1 of 2 pods are ready.",
                new Seen().deployment("web", 2, 1, "shop:v7").evictedPodOf(null, "test-a"));
    }

    @Test
    void aJobThatFailedForTheNodesReasonSaysSo() {
        String failed = "Job migrate has failed (Job has reached the specified backoff limit). ";
        Seen evicted = new Seen()
                .deployment("web", 1, 1, "shop:v7")
                .job("migrate", 0, false, "Job has reached the specified backoff limit")
                .evictedPodOf("Job migrate", "migrate-a");
        assertHealth(CheckResult.GENERIC_FAILURE, failed + "Pod migrate-a" + EVICTED, evicted);
        assertHealth(
                CheckResult.GENERIC_FAILURE,
                failed + "Its pods’ logs say why, as long as they are there.",
                evicted.failedPodOf("Job migrate", "migrate-b"));
    }
}
