package io.jenkins.plugins.octopod.engine.cluster;

import static io.jenkins.plugins.octopod.engine.cluster.Seen.crashed;
import static io.jenkins.plugins.octopod.engine.cluster.Seen.running;
import static io.jenkins.plugins.octopod.engine.cluster.Seen.waiting;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.octopod.engine.cluster.WorkloadSnapshot.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

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
                        .workload(new WorkloadSnapshot(
                                Kind.DEPLOYMENT, "web", 1, 0, true, false, "exceeded quota: staging", List.of()))));
    }

    @Test
    void aPodThatIsNotReadySaysWhyAsLongAsItIsNot() {
        String probe = "Readiness probe failed: HTTP probe failed with statuscode: 503";
        assertEquals(
                "Pod web-1: It runs, but says that it isn’t ready: HTTP probe failed with statuscode: 503",
                of(new Seen()
                        .pod("web-1", false, waiting("shop:v9", null, ""))
                        .warning("Pod", "web-1", "Unhealthy", probe)));
        assertEquals(
                "", of(new Seen().pod("web-1", true, running("shop:v9")).warning("Pod", "web-1", "Unhealthy", probe)));
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
