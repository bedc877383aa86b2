package io.jenkins.plugins.octopod.engine.cluster;

import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * State of a container in a pod.
 *
 * @param name name of the container in its pod
 * @param image image in the pod’s specification
 * @param initContainer whether this is an init container, which must end before the others start; {@code false} for a
 *     native sidecar
 * @param ready whether the container is ready
 * @param restarts number of restarts
 * @param waiting Kubernetes’ reason why the container doesn’t run, such as {@code CrashLoopBackOff}; {@code null} if it
 *     isn’t waiting
 * @param message Kubernetes’ message about {@code waiting}; empty if there is none
 * @param ended last termination of the container; {@code null} if there was none
 */
@Buildable
public record ContainerSnapshot(
        String name,
        String image,
        boolean initContainer,
        boolean ready,
        int restarts,
        String waiting,
        String message,
        ContainerTermination ended) {

    private static final Set<String> PULLING =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable");

    private static final Set<String> CONFIGURING =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError", "PostStartHookError");

    public ContainerSnapshot {
        message = Objects.requireNonNullElse(message, "");
    }

    ContainerSnapshot mapTexts(UnaryOperator<String> edit) {
        ContainerTermination editedEnd = ended == null ? null : ended.mapTexts(edit);
        return new ContainerSnapshot(
                name, image, initContainer, ready, restarts, waiting, edit.apply(message), editedEnd);
    }

    /** Returns a builder of a container without an image that isn’t ready, isn’t waiting and has never ended. */
    public static ContainerSnapshotBuilder builder(String name) {
        return ContainerSnapshotBuilder.builder().name(name).image("");
    }

    /** Returns whether the container ends repeatedly, so that Kubernetes delays its next start. */
    public boolean isCrashLooping() {
        return "CrashLoopBackOff".equals(waiting);
    }

    /** Returns whether Kubernetes can’t pull the container’s image. */
    public boolean isImageMissing() {
        return waiting != null && PULLING.contains(waiting);
    }

    /** Returns whether Kubernetes can’t create or start the container. */
    public boolean isUnstartable() {
        return waiting != null && CONFIGURING.contains(waiting);
    }
}
