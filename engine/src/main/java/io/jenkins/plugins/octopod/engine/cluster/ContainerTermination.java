package io.jenkins.plugins.octopod.engine.cluster;

import java.util.function.UnaryOperator;

/**
 * Termination of a container.
 *
 * @param reason Kubernetes’ reason, such as {@code OOMKilled} or {@code Error}; empty if there is none
 * @param exitCode exit code of the container’s process
 * @param message termination message of the container; empty if there is none
 */
public record ContainerTermination(String reason, int exitCode, String message) {

    ContainerTermination mapTexts(UnaryOperator<String> edit) {
        return new ContainerTermination(reason, exitCode, edit.apply(message));
    }

    /** Returns whether the container exceeded its memory limit. */
    public boolean isOutOfMemory() {
        return "OOMKilled".equals(reason);
    }
}
