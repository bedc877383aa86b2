package io.jenkins.plugins.octopod.engine.cluster;

import static io.jenkins.plugins.octopod.engine.cluster.Seen.crashed;
import static io.jenkins.plugins.octopod.engine.cluster.Seen.running;
import static io.jenkins.plugins.octopod.engine.cluster.Seen.waiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.CheckResult;
import io.jenkins.plugins.octopod.engine.cluster.WorkloadSnapshot.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadHealthTest {

    private static void assertHealth(CheckResult result, String sentence, WorkloadHealth health) {
        assertEquals(new WorkloadHealth(result, sentence), health);
    }

    @Test
    void allReadyIsWell() {
        Seen seen = new Seen()
                .deployment("web", 2, 2, "shop:v7")
                .deployment("db", 1, 1, "postgres:16")
                .job("migrate", 1, false, null)
                .pod("web-1", true, running("shop:v7"));
        assertHealth(CheckResult.OK, "", seen.health("v7"));
        assertHealth(CheckResult.OK, "", seen.health(null));
    }

    @Test
    void someReadyIsPartOfIt() {
        Seen seen = new Seen().deployment("web", 3, 1, "shop:v7").deployment("api", 1, 1, "shop:v7");
        assertHealth(CheckResult.PARTIAL_AVAILABILITY, "2 of 4 pods are ready.", seen.health("v7"));
        assertHealth(
                CheckResult.PARTIAL_AVAILABILITY,
                "3 of 4 pods are ready.",
                new Seen().deployment("web", 2, 1).deployment("api", 2, 5).health(null));
    }

    @Test
    void noneReadyIsAFailure() {
        assertHealth(
                CheckResult.GENERIC_FAILURE,
                "0 of 1 pod is ready.",
                new Seen().deployment("web", 1, 0, "shop:v7").health("v7"));
        assertHealth(
                CheckResult.GENERIC_FAILURE,
                "All of it is scaled to zero.",
                new Seen().deployment("web", 0, 0, "shop:v7").health("v7"));
        assertEquals(CheckResult.GENERIC_FAILURE, new Seen().health("v7").result());
    }

    @Test
    void aCrashLoopIsAFailureWhateverElseIsReady() {
        WorkloadHealth health = new Seen()
                .deployment("web", 2, 1, "shop:v7")
                .pod("web-1", true, running("shop:v7"))
                .pod("web-2", false, crashed(7, new ContainerTermination("Error", 3, "no database")))
                .health("v7");
        assertHealth(
                CheckResult.GENERIC_FAILURE,
                "Container app of pod web-2 ends again and again (7 restarts): the last time with exit code 3,"
                        + " saying “no database”. Its log says why.",
                health);
    }

    @Test
    void whatIsOnItsWayOutDoesNotCount() {
        WorkloadHealth health = new Seen()
                .deployment("web", 1, 1, "shop:v7")
                .pod("web-1", true, running("shop:v7"))
                .pod("web-0", "Running", true, false, null, crashed(7, null))
                .health("v7");
        assertEquals(CheckResult.OK, health.result());
    }

    @Test
    void podsOfWhatIsNotWatchedCountAsThemselves() {
        ContainerSnapshot missing = waiting("shop:v7", "ImagePullBackOff", "manifest unknown");
        for (String owner : new String[] {"DaemonSet proxy", "ReplicationController web-1", "Deployment web", null}) {
            assertHealth(
                    CheckResult.GENERIC_FAILURE,
                    "The image shop:v7 can’t be pulled: its registry has no such image or tag. Was it built and pushed?",
                    new Seen()
                            .podOf(owner, "web-1-a", false, missing)
                            .podOf(owner, "web-1-b", false, missing)
                            .health("v7"));
            assertHealth(
                    CheckResult.OK,
                    "",
                    new Seen().podOf(owner, "web-1-a", true, running("shop:v7")).health("v7"));
            assertHealth(
                    CheckResult.TAG_MISMATCH,
                    "It runs shop:v6, and not the version v7.",
                    new Seen().podOf(owner, "web-1-a", true, running("shop:v6")).health("v7"));
        }
    }

    @Test
    void podsOfWhatIsNotWatchedCountBesideWhatIs() {
        Seen seen = new Seen()
                .deployment("web", 2, 2)
                .job("migrate", 0, false, null)
                .pod("web-1", true)
                .pod("web-2", true)
                .podOf("Job migrate", "migrate-1", false);
        assertHealth(CheckResult.OK, "", seen.health(null));
        seen.podOf("DaemonSet proxy", "proxy-1", true);
        assertHealth(CheckResult.OK, "", seen.health(null));
        seen.podOf("DaemonSet proxy", "proxy-2", false);
        assertHealth(CheckResult.PARTIAL_AVAILABILITY, "3 of 4 pods are ready.", seen.health(null));
    }

    @Test
    void aDaemonSetIsForNodes() {
        Seen none = new Seen()
                .workload(WorkloadSnapshot.builder(Kind.DAEMON_SET, "agent")
                        .rolledOut(true)
                        .images(List.of("shop:v7"))
                        .build());
        assertHealth(
                CheckResult.GENERIC_FAILURE,
                "No node of the cluster takes DaemonSet agent: look at its node selector and tolerations.",
                none.health("v7"));
        assertHealth(
                CheckResult.PARTIAL_AVAILABILITY,
                "DaemonSet agent is being rolled out: some of its pods aren’t the new ones yet.",
                new Seen()
                        .workload(WorkloadSnapshot.builder(Kind.DAEMON_SET, "agent")
                                .images(List.of("shop:v7"))
                                .build())
                        .health("v7"));
        assertHealth(CheckResult.OK, "", none.deployment("web", 1, 1, "shop:v7").health("v7"));
        assertTrue(new Seen()
                .workload(WorkloadSnapshot.builder(Kind.DAEMON_SET, "agent")
                        .rolledOut(true)
                        .build())
                .done()
                .isNothingLeft());
    }

    @Test
    void anotherTagIsAMismatch() {
        assertHealth(
                CheckResult.TAG_MISMATCH,
                "It runs shop:v6, and not the version v7.",
                new Seen().deployment("web", 1, 1, "shop:v6").health("v7"));
        assertHealth(
                CheckResult.TAG_MISMATCH,
                "It runs registry:5000/shop:v6, and not the version v7.",
                new Seen()
                        .deployment("web", 1, 1, "registry:5000/shop:v7")
                        .deployment("worker", 1, 1, "registry:5000/shop:v6", "postgres:16")
                        .health("v7"));
        assertEquals(
                CheckResult.OK,
                new Seen()
                        .deployment("web", 1, 1, "shop@sha256:abc", "proxy")
                        .health("sha256:abc")
                        .result());
    }

    @Test
    void theOldVersionThatStillServesIsAMismatchWithItsCause() {
        WorkloadHealth health = new Seen()
                .workload(WorkloadSnapshot.builder(Kind.DEPLOYMENT, "web")
                        .desired(1)
                        .ready(1)
                        .images(List.of("shop:v7"))
                        .build())
                .pod("web-1", true, running("shop:v6"))
                .pod(
                        "web-2",
                        "Pending",
                        false,
                        false,
                        null,
                        waiting("shop:v7", "ImagePullBackOff", "Back-off pulling image \"shop:v7\""))
                .warning(
                        "Pod",
                        "web-2",
                        "Failed",
                        "Failed to pull image \"shop:v7\": rpc error: code = NotFound desc = shop:v7: not found")
                .health("v7");
        assertHealth(
                CheckResult.TAG_MISMATCH,
                "The image shop:v7 can’t be pulled: its registry has no such image or tag. Was it built and pushed?",
                health);
    }

    @Test
    void anUnfinishedRolloutIsPartOfIt() {
        assertHealth(
                CheckResult.PARTIAL_AVAILABILITY,
                "Deployment web is being rolled out: some of its pods aren’t the new ones yet.",
                new Seen()
                        .workload(WorkloadSnapshot.builder(Kind.DEPLOYMENT, "web")
                                .desired(1)
                                .ready(1)
                                .images(List.of("shop:v7"))
                                .build())
                        .health("v7"));
    }

    @Test
    void aFailedJobIsAFailureButNotATimetables() {
        assertHealth(
                CheckResult.GENERIC_FAILURE,
                "Job migrate has failed (Job has reached the specified backoff limit)."
                        + " Its pods’ logs say why, as long as they are there.",
                new Seen()
                        .deployment("web", 1, 1, "shop:v7")
                        .job("migrate", 0, false, "Job has reached the specified backoff limit")
                        .health("v7"));
        assertEquals(
                CheckResult.OK,
                new Seen()
                        .deployment("web", 1, 1, "shop:v7")
                        .job("nightly-1", 0, true, "failed")
                        .health("v7")
                        .result());
    }

    @Test
    void podsOfATimetablesJobsDoNotCountHoweverTheyAre() {
        Seen nightly = new Seen()
                .job("nightly-1", 0, true, null)
                .scheduledPod("nightly-1-a", crashed(7, new ContainerTermination("Error", 3, "no database")))
                .scheduledPod("nightly-1-b", waiting("report:v9", "ImagePullBackOff", "manifest unknown"));
        assertHealth(
                CheckResult.GENERIC_FAILURE,
                "Nothing of it is in the cluster: its workloads were deleted, or have other labels.",
                nightly.health("v7"));
        assertFalse(nightly.done().isNothingLeft(), "it still runs");

        nightly.deployment("web", 1, 1, "shop:v7").pod("web-1", true, running("shop:v7"));
        assertHealth(CheckResult.OK, "", nightly.health("v7"));
        nightly.deployment("api", 1, 0, "shop:v7");
        assertHealth(CheckResult.PARTIAL_AVAILABILITY, "1 of 2 pods are ready.", nightly.health("v7"));
    }

    @Test
    void nothingIsLeftWhereNothingRunsOrIsToRun() {
        assertTrue(StagingWorkloads.NONE.isNothingLeft());
        assertTrue(new Seen()
                .deployment("web", 0, 0)
                .job("migrate", 1, false, null)
                .done()
                .isNothingLeft());
        assertTrue(new Seen()
                .pod("migrate-1", "Succeeded", false, false, null)
                .done()
                .isNothingLeft());
        assertFalse(new Seen().deployment("web", 1, 0).done().isNothingLeft());
        assertFalse(new Seen()
                .deployment("web", 0, 0)
                .pod("web-1", "Running", true, true, null)
                .done()
                .isNothingLeft());
    }
}
