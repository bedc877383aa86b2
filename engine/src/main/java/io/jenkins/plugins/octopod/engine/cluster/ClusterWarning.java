package io.jenkins.plugins.octopod.engine.cluster;

import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * An event that Kubernetes warns of.
 *
 * @param kind what it is about, such as {@code Pod}
 * @param name of that
 * @param reason in one word
 * @param message in Kubernetes’ words
 * @param count how often it has happened
 * @param last when it has happened last
 */
public record ClusterWarning(String kind, String name, String reason, String message, int count, Instant last) {

    ClusterWarning mapTexts(UnaryOperator<String> edited) {
        return new ClusterWarning(kind, name, reason, edited.apply(message), count, last);
    }

    boolean isAbout(WorkloadSnapshot workload) {
        return kind.equals(workload.kind().word()) && name.equals(workload.name());
    }

    /** In words for people, see {@link KubernetesMessages}. */
    public String sentence() {
        return KubernetesMessages.of(this);
    }
}
