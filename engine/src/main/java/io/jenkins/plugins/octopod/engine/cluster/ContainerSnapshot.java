package io.jenkins.plugins.octopod.engine.cluster;

import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * State of a container in a pod.
 *
 * @param name name of the container in its pod
 * @param image image as it was requested
 * @param initial whether the container must end before the others start; a native sidecar doesn’t have to
 * @param ready whether the container reports that it is ready
 * @param restarts number of restarts
 * @param waiting Kubernetes’ reason why the container doesn’t run, such as {@code CrashLoopBackOff}, or {@code null} if
 *     it isn’t waiting
 * @param message Kubernetes’ message about {@code waiting}; empty if there is none
 * @param ended last termination of the container, or {@code null} if there was none
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

    ContainerSnapshot mapTexts(UnaryOperator<String> edited) {
        ContainerTermination editedEnd = ended == null ? null : ended.mapTexts(edited);
        return new ContainerSnapshot(name, image, initial, ready, restarts, waiting, edited.apply(message), editedEnd);
    }

    /** Returns a builder of a container that isn’t ready, isn’t waiting and has never ended. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Builder that names each value, because several have the same type. */
    public static final class Builder {

        private final String name;
        private String image = "";
        private boolean initial;
        private boolean ready;
        private int restarts;
        private String waiting;
        private String message = "";
        private ContainerTermination ended;

        private Builder(String name) {
            this.name = name;
        }

        public Builder image(String value) {
            image = value;
            return this;
        }

        public Builder ready(boolean value) {
            ready = value;
            return this;
        }

        /** Sets that the container must end before the others start. */
        public Builder initial() {
            initial = true;
            return this;
        }

        public Builder restarts(int value) {
            restarts = value;
            return this;
        }

        /**
         * Sets why the container doesn’t run.
         *
         * @param explanation Kubernetes’ message about the reason; null for none
         */
        public Builder waiting(String reason, String explanation) {
            waiting = reason;
            message = explanation == null ? "" : explanation;
            return this;
        }

        public Builder ended(ContainerTermination value) {
            ended = value;
            return this;
        }

        public ContainerSnapshot build() {
            return new ContainerSnapshot(name, image, initial, ready, restarts, waiting, message, ended);
        }
    }

    /** Returns whether the container ends repeatedly, so that Kubernetes delays its next start. */
    public boolean isCrashLooping() {
        return "CrashLoopBackOff".equals(waiting);
    }

    /** Returns whether the container’s image can’t be pulled. */
    public boolean isImageMissing() {
        return waiting != null && PULLING.contains(waiting);
    }

    /** Returns whether Kubernetes can’t create or start the container. */
    public boolean isUnstartable() {
        return waiting != null && CONFIGURING.contains(waiting);
    }
}
