package io.jenkins.plugins.octopod.kubernetes.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.jenkins.plugins.octopod.engine.cluster.PodFailure;
import io.jenkins.plugins.octopod.engine.text.PrintableText;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out why a pod has failed as a whole. */
final class PodFailures {

    /**
     * Reasons of a kubelet that ends pods or doesn’t admit them. {@link #OUT_OF} covers others, such as
     * {@code OutOfcpu}.
     */
    private static final Set<String> OF_NODES = Set.of(
            "Evicted",
            "NodeAffinity",
            "NodeLost",
            "NodeShutdown",
            "Preempting",
            "Shutdown",
            "Terminated",
            "UnexpectedAdmissionError");

    private static final String OUT_OF = "OutOf";

    private PodFailures() {}

    /**
     * Returns why the pod has failed; null if unknown. A pod on a lost node has a failure although its phase isn’t
     * {@code Failed}.
     */
    @CheckForNull
    static PodFailure of(Pod pod) {
        PodStatus status = pod.getStatus();
        if (status == null) {
            return null;
        }
        PodCondition disruption = conditions(status)
                .filter(condition -> "DisruptionTarget".equals(condition.getType()))
                .filter(condition -> "True".equals(condition.getStatus()))
                .filter(condition -> "Failed".equals(status.getPhase()))
                .findFirst()
                .orElse(null);
        String reason = status.getReason();
        if (reason == null && disruption == null) {
            return null;
        }
        boolean nodeFailure = disruption != null || OF_NODES.contains(reason) || reason.startsWith(OUT_OF);
        return reason == null
                ? failure(disruption.getReason(), disruption.getMessage(), nodeFailure, at(pod))
                : failure(reason, status.getMessage(), nodeFailure, at(pod));
    }

    private static PodFailure failure(
            @CheckForNull String reason, @CheckForNull String message, boolean nodeFailure, Instant at) {
        return new PodFailure(
                PrintableText.of(Objects.requireNonNullElse(reason, "Failed")),
                PrintableText.of(Objects.requireNonNullElse(message, "")),
                nodeFailure,
                at);
    }

    /** Returns when the pod failed. A pod that was never admitted failed at its creation. */
    private static Instant at(Pod pod) {
        return Stream.of("DisruptionTarget", "Ready")
                .flatMap(type -> conditions(pod.getStatus()).filter(condition -> type.equals(condition.getType())))
                .map(PodCondition::getLastTransitionTime)
                .filter(Objects::nonNull)
                .findFirst()
                .map(time -> WorkloadMapper.instant(time, Instant.EPOCH))
                .orElseGet(() -> WorkloadMapper.instant(pod.getMetadata().getCreationTimestamp(), Instant.EPOCH));
    }

    private static Stream<PodCondition> conditions(PodStatus status) {
        return status.getConditions().stream();
    }
}
