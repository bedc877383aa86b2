package io.jenkins.plugins.octopod.engine.cluster;

import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * Warning event of Kubernetes.
 *
 * @param kind kind of the object, such as {@code Pod}
 * @param name name of the object
 * @param reason Kubernetes’ reason, one word
 * @param message Kubernetes’ message
 * @param count number of occurrences
 * @param last time of the last occurrence
 */
public record ClusterWarning(String kind, String name, String reason, String message, int count, Instant last) {

    ClusterWarning mapTexts(UnaryOperator<String> edit) {
        return new ClusterWarning(kind, name, reason, edit.apply(message), count, last);
    }

    boolean isAbout(WorkloadSnapshot workload) {
        return kind.equals(workload.kind().word()) && name.equals(workload.name());
    }

    /** Returns a sentence for users, see {@link KubernetesMessages}. */
    public String sentence() {
        return KubernetesMessages.of(this);
    }
}
