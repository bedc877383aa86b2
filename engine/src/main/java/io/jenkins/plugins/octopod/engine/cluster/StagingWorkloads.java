package io.jenkins.plugins.octopod.engine.cluster;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * All that a cluster says of one staging, at one moment.
 *
 * @param warnings newest first
 */
public record StagingWorkloads(
        List<WorkloadSnapshot> workloads, List<PodSnapshot> pods, List<ClusterWarning> warnings) {

    public static final StagingWorkloads NONE = new StagingWorkloads(List.of(), List.of(), List.of());

    public StagingWorkloads {
        workloads = List.copyOf(workloads);
        pods = List.copyOf(pods);
        warnings = List.copyOf(warnings);
    }

    /**
     * The same, with all that somebody has written freely as that makes it: what containers have left to say, and why something
     * can’t be. Names, images and Kubernetes’ own words stay as they are.
     */
    public StagingWorkloads mapTexts(UnaryOperator<String> edited) {
        return new StagingWorkloads(
                workloads.stream().map(workload -> workload.mapTexts(edited)).toList(),
                pods.stream().map(pod -> pod.mapTexts(edited)).toList(),
                warnings.stream().map(warning -> warning.mapTexts(edited)).toList());
    }

    /** Without what a timetable has made. */
    StagingWorkloads counted() {
        return new StagingWorkloads(
                workloads.stream().filter(workload -> !workload.scheduled()).toList(),
                pods.stream().filter(PodSnapshot::counted).toList(),
                warnings);
    }

    /** Whether it takes no more resources but its data: nothing runs, and nothing is to run. */
    public boolean isNothingLeft() {
        return workloads.stream().allMatch(StagingWorkloads::isPutAway)
                && pods.stream().allMatch(PodSnapshot::isOver);
    }

    /** Whether there are deployments or stateful sets, and nothing that serves is to have pods. Jobs don’t count. */
    public boolean isScaledToZero() {
        return workloads.stream().anyMatch(StagingWorkloads::isScaled)
                && workloads.stream()
                        .filter(workload -> !workload.isJob())
                        .allMatch(workload -> workload.desired() == 0)
                && counted().singlePods().isEmpty();
    }

    /**
     * The pods that count as themselves: those of other controllers, such as a Rollout, and those without a controller. Workloads
     * know how many pods there are to be.
     */
    List<PodSnapshot> singlePods() {
        Set<String> titles = workloads.stream().map(WorkloadSnapshot::title).collect(Collectors.toSet());
        return pods.stream()
                .filter(pod -> pod.isAlive() && !titles.contains(pod.owner()))
                .toList();
    }

    private static boolean isScaled(WorkloadSnapshot workload) {
        return !workload.isJob() && !workload.isDaemonSet();
    }

    private static boolean isPutAway(WorkloadSnapshot workload) {
        return workload.isJob() ? workload.isReady() || workload.trouble() != null : workload.desired() == 0;
    }
}
