package io.jenkins.plugins.octopod.engine.cluster;

import static io.jenkins.plugins.octopod.engine.cluster.Seen.crashed;
import static io.jenkins.plugins.octopod.engine.cluster.Seen.running;
import static io.jenkins.plugins.octopod.engine.cluster.Seen.waiting;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.octopod.engine.cluster.WorkloadSnapshot.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    private static final Duration LATER = Duration.ofMinutes(40);
    private static final String QUOTA = "exceeded quota: few, requested: pods=1, used: pods=1, limited: pods=1";
    private static final String PROBE = "Readiness probe failed: HTTP probe failed with statuscode: 503";
    private static final String NOT_READY =
            ": It runs, but says that it isn’t ready: HTTP probe failed with statuscode: 503";

    private static String of(Seen seen) {
        return Diagnosis.of(seen.done()).orElse("");
    }

    private static String pull(String message) {
        return of(new Seen().pod("web-1", false, waiting("shop:v9", "ErrImagePull", message)));
    }

    @Test
    void anImageThatCantBeHad() {
        String start = "The image shop:v9 can’t be pulled: ";
        assertEquals(
                start + "its registry has no such image or tag. Was it built and pushed?",
                pull("rpc error: code = NotFound desc = failed to pull and unpack image \"shop:v9\": not found"));
        assertEquals(
                start + "its registry doesn’t let the cluster in. Is the pull secret there, and right?",
                pull("pull access denied, repository requires authorization: authorization failed"));
        assertEquals(
                start + "its registry doesn’t answer. dial tcp: lookup registry.example: no such host",
                pull("dial tcp: lookup registry.example: no such host"));
        assertEquals(
                start + "Kubernetes tries again by itself, after longer and longer pauses.",
                pull("Back-off pulling image \"shop:v9\""));
        assertEquals(start + "something quite new", pull("something  quite\nnew"));
    }

    @Test
    void aContainerThatCantBeStarted() {
        assertEquals(
                "Container app of pod web-1 can’t be started: secret \"db\" not found",
                of(new Seen()
                        .pod(
                                "web-1",
                                false,
                                waiting("shop:v9", "CreateContainerConfigError", "secret \"db\" not found"))));
    }

    @Test
    void aContainerThatEndsAgainAndAgain() {
        assertEquals(
                "Container app of pod web-1 ends again and again (1 restart): it used more memory than it may."
                        + " Raise its limit, or have it use less.",
                of(new Seen().pod("web-1", false, crashed(1, new ContainerTermination("OOMKilled", 137, "")))));
        assertEquals(
                "Container app of pod web-1 ends again and again (2 restarts): the last time with exit code 1."
                        + " Its log says why.",
                of(new Seen().pod("web-1", false, crashed(2, new ContainerTermination("Error", 1, "")))));
    }

    @Test
    void noRoomAndNoPods() {
        assertEquals(
                "No node takes pod web-1: 0/3 nodes are available: 3 Insufficient memory.",
                of(new Seen()
                        .pod(
                                "web-1",
                                "Pending",
                                false,
                                false,
                                "0/3 nodes are available: 3 Insufficient memory.",
                                waiting("shop:v9", null, ""))));
        assertEquals(
                "Deployment web doesn’t get on: exceeded quota: staging",
                of(new Seen()
                        .workload(WorkloadSnapshot.builder(Kind.DEPLOYMENT, "web")
                                .desired(1)
                                .rolledOut(true)
                                .trouble("exceeded quota: staging")
                                .build())));
    }

    @Test
    void podsThatAStatefulSetMayNotMakeAreTheReasonWhileTheyAreMissing() {
        Seen missing = new Seen()
                .workload(WorkloadSnapshot.builder(Kind.STATEFUL_SET, "db")
                        .desired(2)
                        .ready(1)
                        .rolledOut(true)
                        .build())
                .podOf("StatefulSet db", "db-0", true, running("postgres:17"))
                .warning("StatefulSet", "other", "FailedCreate", "another one")
                .warning(
                        "StatefulSet",
                        "db",
                        "FailedCreate",
                        "Create Pod db-1 in StatefulSet db failed error: pods \"db-1\" is forbidden: " + QUOTA);
        assertEquals("StatefulSet db: Kubernetes refuses to make its pods: " + QUOTA, of(missing));
        assertEquals("", of(missing.podOf("StatefulSet db", "db-1", false, waiting("postgres:17", null, ""))));
    }

    private static Seen workload(Kind kind, int desired, int ready) {
        return new Seen()
                .workload(WorkloadSnapshot.builder(kind, "db")
                        .desired(desired)
                        .ready(ready)
                        .rolledOut(true)
                        .build());
    }

    private static Seen refused(Seen seen, String kind) {
        return seen.warning(kind, "db", "FailedCreate", "pods \"db-1\" is forbidden: " + QUOTA);
    }

    @Test
    void podsThatADaemonSetMayNotMakeAreTheReasonWhateverTheOthersAre() {
        assertEquals(
                "DaemonSet db: Kubernetes refuses to make its pods: " + QUOTA,
                of(refused(
                        workload(Kind.DAEMON_SET, 3, 0)
                                .podOf("DaemonSet db", "db-a", false, waiting("agent:v7", null, ""))
                                .later(LATER),
                        "DaemonSet")));
    }

    @Test
    void podsThatAParallelStatefulSetMayNotMakeAreTheReasonWhateverTheOthersAre() {
        assertEquals(
                "StatefulSet db: Kubernetes refuses to make its pods: " + QUOTA,
                of(refused(
                        workload(Kind.PARALLEL_STATEFUL_SET, 3, 0)
                                .podOf("StatefulSet db", "db-0", false, waiting("postgres:17", null, ""))
                                .later(LATER),
                        "StatefulSet")));
    }

    /** A StatefulSet makes its next pod only once the one before it is ready. */
    @Test
    void aRefusalIsNotTheReasonWhileAPodOfTheStatefulSetIsNotReady() {
        assertEquals(
                "Pod db-0" + NOT_READY,
                of(refused(workload(Kind.STATEFUL_SET, 3, 0), "StatefulSet")
                        .later(LATER)
                        .podOf("StatefulSet db", "db-0", false, waiting("postgres:17", null, ""))
                        .warning("Pod", "db-0", "Unhealthy", PROBE)));
        assertEquals(
                "Pod db-0" + NOT_READY,
                of(refused(
                                workload(Kind.STATEFUL_SET, 3, 0)
                                        .podOf("StatefulSet db", "db-0", false, waiting("postgres:17", null, ""))
                                        .later(LATER),
                                "StatefulSet")
                        .warning("Pod", "db-0", "Unhealthy", PROBE)));
    }

    @Test
    void aRefusalIsOverOncePodsAreMadeAgain() {
        assertEquals(
                "",
                of(refused(
                                workload(Kind.STATEFUL_SET, 3, 2)
                                        .podOf("StatefulSet db", "db-0", true, running("postgres:17")),
                                "StatefulSet")
                        .later(LATER)
                        .podOf("StatefulSet db", "db-1", true, running("postgres:17"))));
        // The next one follows when this one is gone.
        assertEquals(
                "",
                of(refused(
                                workload(Kind.STATEFUL_SET, 2, 1)
                                        .podOf("StatefulSet db", "db-0", true, running("postgres:17")),
                                "StatefulSet")
                        .later(LATER)
                        .deletedPodOf("StatefulSet db", "db-1")));
        assertEquals(
                "", of(refused(workload(Kind.JOB, 10, 1), "Job").later(LATER).endedPodOf("Job db", "db-a")));
    }

    /** A Job with “parallelism” never has all of its pods at once. */
    @Test
    void aJobThatRunsLacksNoPods() {
        assertEquals(
                "Pod web-1" + NOT_READY,
                of(refused(
                                workload(Kind.JOB, 10, 3)
                                        .podOf("Job db", "db-a", true, running("migrate:v7"))
                                        .podOf("Job db", "db-b", true, running("migrate:v7"))
                                        .later(LATER),
                                "Job")
                        .pod("web-1", false, waiting("shop:v9", null, ""))
                        .warning("Pod", "web-1", "Unhealthy", PROBE)));
        assertEquals(
                "Job db: Kubernetes refuses to make its pods: " + QUOTA,
                of(refused(
                        workload(Kind.JOB, 10, 1).endedPodOf("Job db", "db-a").later(LATER), "Job")));
    }

    @Test
    void aPodThatIsNotReadySaysWhyAsLongAsItIsNot() {
        assertEquals(
                "Pod web-1" + NOT_READY,
                of(new Seen()
                        .pod("web-1", false, waiting("shop:v9", null, ""))
                        .warning("Pod", "web-1", "Unhealthy", PROBE)));
        assertEquals(
                "", of(new Seen().pod("web-1", true, running("shop:v9")).warning("Pod", "web-1", "Unhealthy", PROBE)));
    }

    @Test
    void theCauseComesBeforeWhatFollowsFromIt() {
        assertEquals(
                "The image shop:v9 can’t be pulled: its registry has no such image or tag. Was it built and pushed?",
                of(new Seen()
                        .pod("web-1", false, crashed(3, null))
                        .pod("web-2", false, waiting("shop:v9", "ErrImagePull", "manifest unknown"))));
    }

    @Test
    void warningsInPlainWords() {
        assertEquals(
                "It ends again and again, so Kubernetes waits longer before each new start:"
                        + " Back-off restarting failed container app",
                new ClusterWarning("Pod", "w", "BackOff", "Back-off restarting failed container app", 4, Seen.NOW)
                        .sentence());
        assertEquals(
                "The image shop:v9 can’t be pulled: Kubernetes tries again by itself, after longer and longer pauses.",
                new ClusterWarning("Pod", "w", "BackOff", "Back-off pulling image \"shop:v9\"", 4, Seen.NOW)
                        .sentence());
        assertEquals(
                "Odd: <b>message</b>", new ClusterWarning("Pod", "w", "Odd", "<b>message</b>", 1, Seen.NOW).sentence());
        assertEquals(
                300,
                new ClusterWarning("Pod", "w", "FailedMount", "x".repeat(5000), 1, Seen.NOW)
                                .sentence()
                                .length()
                        - "A volume isn’t there for it: ".length());
    }
}
