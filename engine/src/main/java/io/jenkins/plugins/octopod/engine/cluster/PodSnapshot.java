package io.jenkins.plugins.octopod.engine.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
@Buildable
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
        phase = Objects.requireNonNullElse(phase, "Unknown");
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
    public static PodSnapshotBuilder builder(String name) {
        return PodSnapshotBuilder.builder()
                .name(name)
                .since(Instant.EPOCH)
                .counted(true)
                .requests(Resources.NONE)
                .containers(List.of());
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
