package io.jenkins.plugins.octopod.engine.cluster;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A pod.
 *
 * @param phase Kubernetes’ word: {@code Pending}, {@code Running}, {@code Succeeded}, {@code Failed} or {@code Unknown}
 * @param deleting whether it is on its way out
 * @param ready whether it can serve
 * @param unschedulable why no node takes it; null where that isn’t so
 * @param problem why it has failed as a whole, such as {@code Evicted}; null where that isn’t so
 * @param node where it is; null where nowhere yet
 * @param since when it was made
 * @param owner what is responsible for it, and would make another in its place, by the title that a workload has, such as
 *     {@code Deployment web} or {@code DaemonSet proxy}; null where nothing is
 * @param counted whether it says something of how the staging is; what a timetable has made doesn’t
 * @param requests what its containers ask for
 * @param containers those that begin first, first
 */
public record PodSnapshot(
        String name,
        String phase,
        boolean deleting,
        boolean ready,
        String unschedulable,
        String problem,
        String node,
        Instant since,
        String owner,
        boolean counted,
        Resources requests,
        List<ContainerSnapshot> containers) {

    public PodSnapshot {
        containers = List.copyOf(containers);
    }

    PodSnapshot withWords(UnaryOperator<String> edited) {
        return new PodSnapshot(
                name,
                phase,
                deleting,
                ready,
                unschedulable == null ? null : edited.apply(unschedulable),
                problem,
                node,
                since,
                owner,
                counted,
                requests,
                containers.stream()
                        .map(container -> container.withWords(edited))
                        .toList());
    }

    /** Whether it is there to serve or to work, and hasn’t ended. */
    public boolean isAlive() {
        return !deleting && !isOver();
    }

    /** Whether all that was to run in it has ended. */
    public boolean isOver() {
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    /** The one word that says most of it, as kubectl shows it. */
    public String word() {
        if (deleting) {
            return "Terminating";
        }
        if (problem != null) {
            return problem;
        }
        return containers.stream()
                .map(ContainerSnapshot::waiting)
                .filter(waiting -> waiting != null && !waiting.isEmpty())
                .findFirst()
                .orElse(phase);
    }

    /** Of all its containers. */
    public int restarts() {
        return containers.stream().mapToInt(ContainerSnapshot::restarts).sum();
    }

    /** Those that serve, not those that only prepare. */
    public List<String> images() {
        return containers.stream()
                .filter(container -> !container.initial())
                .map(ContainerSnapshot::image)
                .distinct()
                .toList();
    }
}
