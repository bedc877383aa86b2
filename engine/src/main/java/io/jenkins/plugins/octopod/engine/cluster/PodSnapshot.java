package io.jenkins.plugins.octopod.engine.cluster;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * State of a pod.
 *
 * @param name name of the pod in its namespace
 * @param phase Kubernetes’ phase: {@code Pending}, {@code Running}, {@code Succeeded}, {@code Failed} or
 *     {@code Unknown}
 * @param deleting whether the pod is being deleted
 * @param ready whether the pod is ready
 * @param unschedulable why no node accepts the pod; {@code null} if the pod isn’t unschedulable
 * @param failure why the pod has failed as a whole; {@code null} if it hasn’t, or the reason is unknown
 * @param node name of the node that the pod is assigned to; {@code null} if there is none yet
 * @param since when the pod was created
 * @param owner title of the controller that would replace the pod, such as {@code Deployment web} or
 *     {@code DaemonSet proxy}; {@code null} if there is none
 * @param counted whether the pod counts for the staging’s status; pods of cron jobs don’t
 * @param requests resources that the pod’s containers request
 * @param containers init containers, then the other containers, then native sidecars
 */
public record PodSnapshot(
        String name,
        String phase,
        boolean deleting,
        boolean ready,
        String unschedulable,
        PodFailure failure,
        String node,
        Instant since,
        String owner,
        boolean counted,
        Resources requests,
        List<ContainerSnapshot> containers) {

    public PodSnapshot {
        containers = List.copyOf(containers);
    }

    PodSnapshot mapTexts(UnaryOperator<String> edit) {
        return new PodSnapshot(
                name,
                phase,
                deleting,
                ready,
                unschedulable == null ? null : edit.apply(unschedulable),
                failure == null ? null : failure.mapTexts(edit),
                node,
                since,
                owner,
                counted,
                requests,
                containers.stream().map(container -> container.mapTexts(edit)).toList());
    }

    /** Returns a builder of a pod that counts for the staging’s status and about which nothing else is known. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Builder that names each value, because several have the same type. */
    public static final class Builder {

        private final String name;
        private String phase = "Unknown";
        private boolean deleting;
        private boolean ready;
        private String unschedulable;
        private PodFailure failure;
        private String node;
        private Instant since = Instant.EPOCH;
        private String owner;
        private boolean counted = true;
        private Resources requests = Resources.NONE;
        private List<ContainerSnapshot> containers = List.of();

        private Builder(String name) {
            this.name = name;
        }

        /** Sets the phase; null if it is unknown. */
        public Builder phase(String value) {
            phase = value == null ? "Unknown" : value;
            return this;
        }

        public Builder deleting(boolean value) {
            deleting = value;
            return this;
        }

        public Builder ready(boolean value) {
            ready = value;
            return this;
        }

        /** Sets why no node accepts the pod; null if it isn’t unschedulable. */
        public Builder unschedulable(String value) {
            unschedulable = value;
            return this;
        }

        /** Sets why the pod has failed as a whole; null if it hasn’t, or the reason is unknown. */
        public Builder failure(PodFailure value) {
            failure = value;
            return this;
        }

        /** Sets the name of the pod’s node; null if there is none yet. */
        public Builder node(String value) {
            node = value;
            return this;
        }

        public Builder since(Instant value) {
            since = value;
            return this;
        }

        /** Sets the title of the controller that would replace the pod; null if there is none. */
        public Builder owner(String value) {
            owner = value;
            return this;
        }

        /** Sets that the pod doesn’t count for the staging’s status. */
        public Builder uncounted() {
            counted = false;
            return this;
        }

        public Builder requests(Resources value) {
            requests = value;
            return this;
        }

        public Builder containers(List<ContainerSnapshot> value) {
            containers = value;
            return this;
        }

        public PodSnapshot build() {
            return new PodSnapshot(
                    name,
                    phase,
                    deleting,
                    ready,
                    unschedulable,
                    failure,
                    node,
                    since,
                    owner,
                    counted,
                    requests,
                    containers);
        }
    }

    /** Returns whether the pod is neither being deleted nor has ended. */
    public boolean isAlive() {
        return !deleting && !isOver();
    }

    /** Returns whether the node or the cluster ended the pod, or refused to start it. */
    public boolean isEndedByNode() {
        return "Failed".equals(phase) && failure != null && failure.nodeFailure();
    }

    /** Returns whether all containers of the pod have ended for good. */
    public boolean isOver() {
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    /** Returns one word for the state of the pod, similar to the column STATUS of kubectl. */
    public String displayStatus() {
        if (deleting) {
            return "Terminating";
        }
        if (failure != null) {
            return failure.reason();
        }
        return containers.stream()
                .map(ContainerSnapshot::waiting)
                .filter(waiting -> waiting != null && !waiting.isEmpty())
                .findFirst()
                .orElse(phase);
    }

    /** Returns the number of restarts of all containers. */
    public int restarts() {
        return containers.stream().mapToInt(ContainerSnapshot::restarts).sum();
    }

    /** Returns the images of the containers and native sidecars, without init containers. */
    public List<String> images() {
        return containers.stream()
                .filter(container -> !container.initContainer())
                .map(ContainerSnapshot::image)
                .distinct()
                .toList();
    }
}
