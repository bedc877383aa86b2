package io.jenkins.plugins.octopod.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.octopod.engine.cluster.PodFailure;
import io.jenkins.plugins.octopod.engine.cluster.PodSnapshot;
import io.jenkins.plugins.octopod.kubernetes.watch.ObjectTrimmer;
import io.jenkins.plugins.octopod.kubernetes.watch.WorkloadMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Pods that have failed as a whole, as kubectl prints them. */
class PodFailureTest {

    private static final Instant AT = Instant.parse("2026-01-01T12:00:00Z");
    private static final String NAMED = "metadata: {name: web, creationTimestamp: \"2026-01-01T12:00:00Z\"}\n";
    private static final String FAILED = NAMED + "status:\n  phase: Failed\n";

    private static final String DISRUPTED = """
              conditions:
              - {type: Ready, status: "False", lastTransitionTime: "2026-01-01T11:00:00Z"}
              - type: DisruptionTarget
                status: "True"
                reason: DeletionByPodGC
                message: "PodGC: node no longer exists"
                lastTransitionTime: "2026-01-01T12:00:00Z"
            """;

    private static PodSnapshot pod(String... yaml) {
        Pod pod = Serialization.unmarshal(String.join("", yaml), Pod.class);
        return WorkloadMapper.of(ObjectTrimmer.pod(pod));
    }

    @Test
    void aPodThatItsNodeHasEnded() {
        String evicted = "  reason: Evicted\n  message: 'The node was low on resource: memory.'\n";
        assertEquals(
                new PodFailure("Evicted", "The node was low on resource: memory.", true, AT),
                pod(FAILED, evicted, DISRUPTED).failure());
        assertEquals(
                new PodFailure("DeletionByPodGC", "PodGC: node no longer exists", true, AT),
                pod(FAILED, DISRUPTED).failure());
        assertTrue(pod(FAILED, DISRUPTED).isEndedByNode());
    }

    @Test
    void aPodThatItsNodeDoesNotTake() {
        PodSnapshot refused = pod(FAILED, "  reason: OutOfmemory\n");
        assertEquals(new PodFailure("OutOfmemory", "", true, AT), refused.failure());
        assertTrue(refused.isEndedByNode());
    }

    @Test
    void aPodThatHasFailedByItself() {
        PodSnapshot late = pod(FAILED, "  reason: DeadlineExceeded\n");
        assertEquals("DeadlineExceeded", late.displayStatus());
        assertFalse(late.isEndedByNode());
        assertNull(pod(FAILED).failure());
        assertNull(pod(NAMED, "status:\n  phase: Running\n", DISRUPTED).failure());
    }
}
