package io.jenkins.plugins.octopod.engine.cluster;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A cluster’s view of one staging, at one moment.
 *
 * @param warnings warnings, newest first
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
     * Returns a copy with edited texts. Only free texts are edited: messages and the reasons of problems. Names, images
     * and Kubernetes’ own words stay unchanged.
     */
    public StagingWorkloads mapTexts(UnaryOperator<String> edit) {
        return new StagingWorkloads(
                workloads.stream().map(workload -> workload.mapTexts(edit)).toList(),
                pods.stream().map(pod -> pod.mapTexts(edit)).toList(),
                warnings.stream().map(warning -> warning.mapTexts(edit)).toList());
    }

    /** Returns the objects that count for the staging’s health, without those that a CronJob created. */
    StagingWorkloads counted() {
        return new StagingWorkloads(
                workloads.stream().filter(workload -> !workload.scheduled()).toList(),
                pods.stream().filter(PodSnapshot::counted).toList(),
                warnings);
    }

    /** Returns whether the staging uses no resources except its data: nothing runs or should run. */
    public boolean isNothingLeft() {
        return workloads.stream().allMatch(StagingWorkloads::isPutAway)
                && pods.stream().allMatch(PodSnapshot::isOver);
    }

    /**
     * Returns whether all serving workloads are scaled to zero, and at least one Deployment or StatefulSet is among
     * them. Jobs don’t count.
     */
    public boolean isScaledToZero() {
        return workloads.stream().anyMatch(StagingWorkloads::isScaled)
                && workloads.stream()
                        .filter(workload -> !workload.isJob())
                        .allMatch(workload -> workload.desired() == 0)
                && counted().singlePods().isEmpty();
    }

    /**
     * Returns the pods that count individually: those of other controllers, such as a Rollout, and those without a
     * controller. The pods of workloads are counted by their workloads.
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
