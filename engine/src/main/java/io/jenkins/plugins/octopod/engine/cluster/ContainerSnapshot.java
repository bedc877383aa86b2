package io.jenkins.plugins.octopod.engine.cluster;

import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One container of a pod.
 *
 * @param name in its pod
 * @param image as it was asked for
 * @param initial whether it has to end before the others begin
 * @param ready whether it says that it can serve
 * @param restarts how often it was started again
 * @param waiting why it doesn’t run, in Kubernetes’ word, such as {@code CrashLoopBackOff}; null where that isn’t so
 * @param message what Kubernetes says about that; empty where nothing
 * @param ended how it has ended the last time; null where it never has
 */
public record ContainerSnapshot(
        String name,
        String image,
        boolean initial,
        boolean ready,
        int restarts,
        String waiting,
        String message,
        ContainerTermination ended) {

    private static final Set<String> PULLING =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable");

    private static final Set<String> CONFIGURING =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError", "PostStartHookError");

    ContainerSnapshot withWords(UnaryOperator<String> edited) {
        return new ContainerSnapshot(
                name,
                image,
                initial,
                ready,
                restarts,
                waiting,
                edited.apply(message),
                ended == null ? null : ended.withWords(edited));
    }

    /** Whether it ends again and again, so that Kubernetes waits before it is started once more. */
    public boolean isCrashLooping() {
        return "CrashLoopBackOff".equals(waiting);
    }

    /** Whether its image can’t be had. */
    public boolean isImageMissing() {
        return waiting != null && PULLING.contains(waiting);
    }

    /** Whether Kubernetes can’t make or start it. */
    public boolean isUnstartable() {
        return waiting != null && CONFIGURING.contains(waiting);
    }
}
