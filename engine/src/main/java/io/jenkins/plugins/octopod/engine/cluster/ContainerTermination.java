package io.jenkins.plugins.octopod.engine.cluster;

import java.util.function.UnaryOperator;

/**
 * How a container has ended.
 *
 * @param reason Kubernetes’ word, such as {@code OOMKilled} or {@code Error}; empty where it has none
 * @param exitCode of its process
 * @param message what the container has left to say; empty where nothing
 */
public record ContainerTermination(String reason, int exitCode, String message) {

    ContainerTermination withWords(UnaryOperator<String> edited) {
        return new ContainerTermination(reason, exitCode, edited.apply(message));
    }

    /** Whether it used more memory than it may. */
    public boolean isOutOfMemory() {
        return "OOMKilled".equals(reason);
    }
}
