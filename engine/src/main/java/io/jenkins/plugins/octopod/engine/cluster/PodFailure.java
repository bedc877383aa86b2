package io.jenkins.plugins.octopod.engine.cluster;

import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * Failure of a pod as a whole.
 *
 * @param reason Kubernetes’ reason, one word, for example {@code Evicted}
 * @param message Kubernetes’ message; empty if there is none
 * @param nodeFailure whether the node or the cluster ended the pod or refused to start it, and not the pod itself
 * @param at time of the failure
 */
public record PodFailure(String reason, String message, boolean nodeFailure, Instant at) {

    PodFailure mapTexts(UnaryOperator<String> edit) {
        return new PodFailure(reason, edit.apply(message), nodeFailure, at);
    }

    /**
     * Returns the end of a sentence, such as “was ended by its node or the cluster (Evicted): The node was low on
     * resource: memory.”
     */
    String sentence() {
        String said = KubernetesMessages.shortened(message);
        return "was ended by its node or the cluster (" + reason + ')' + (said.isEmpty() ? "." : ": " + said);
    }
}
