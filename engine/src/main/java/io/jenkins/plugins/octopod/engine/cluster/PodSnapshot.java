package io.jenkins.plugins.octopod.engine.cluster;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * State of a pod.
 *
 * @param phase Kubernetes’ phase: {@code Pending}, {@code Running}, {@code Succeeded}, {@code Failed} or
 *     {@code Unknown}
 * @param deleting whether the pod is being deleted
 * @param ready whether the pod is ready
 * @param unschedulable why no node accepts the pod, or {@code null} if this isn’t the case
 * @param failure why the pod has failed as a whole, or {@code null} if it hasn’t or nothing says why
 * @param node node that the pod is assigned to, or {@code null} if there is none yet
 * @param since when the pod was created
 * @param owner what controls the pod and would replace it, with the title of a workload, such as {@code Deployment web}
 *     or {@code DaemonSet proxy}, or {@code null} if nothing does
 * @param counted whether the pod counts for the staging’s status; pods of scheduled jobs don’t
 * @param requests resources that the pod’s containers request
 * @param containers those that must end before the others start, those that serve, and native sidecars
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

    PodSnapshot mapTexts(UnaryOperator<String> edited) {
        return new PodSnapshot(
                name,
                phase,
                deleting,
                ready,
                unschedulable == null ? null : edited.apply(unschedulable),
                failure == null ? null : failure.mapTexts(edited),
                node,
                since,
                owner,
                counted,
                requests,
                containers.stream().map(container -> container.mapTexts(edited)).toList());
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

        public Builder unschedulable(String value) {
            unschedulable = value;
            return this;
        }

        public Builder containers(List<ContainerSnapshot> value) {
            containers = value;
            return this;
        }

        public Builder failure(PodFailure value) {
            failure = value;
            return this;
        }

        public Builder node(String value) {
            node = value;
            return this;
        }

        public Builder since(Instant value) {
            since = value;
            return this;
        }

        /** Sets that the pod doesn’t count for the staging’s status. */
        public Builder uncounted() {
            counted = false;
            return this;
        }

        public Builder owner(String value) {
            owner = value;
            return this;
        }

        public Builder requests(Resources value) {
            requests = value;
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

    /** Returns whether the pod is neither being deleted nor over. */
    public boolean isAlive() {
        return !deleting && !isOver();
    }

    /** Returns whether the node or the cluster ended the pod, or refused to start it. */
    public boolean isEndedByNode() {
        return "Failed".equals(phase) && failure != null && failure.nodeFailure();
    }

    /** Returns whether all containers of the pod have ended. */
    public boolean isOver() {
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    /** Returns the most informative word about the pod, like kubectl’s. */
    public String word() {
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

    /** Returns the images of the containers that serve, without init containers. */
    public List<String> images() {
        return containers.stream()
                .filter(container -> !container.initial())
                .map(ContainerSnapshot::image)
                .distinct()
                .toList();
    }
}
