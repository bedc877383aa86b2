package io.jenkins.plugins.octopod.engine.cluster;

import java.util.List;

/**
 * All that a cluster says of one staging, at one moment.
 *
 * @param warnings newest first
 */
public record StagingWorkloads(List<WorkloadState> workloads, List<PodState> pods, List<ClusterWarning> warnings) {

    public static final StagingWorkloads NONE = new StagingWorkloads(List.of(), List.of(), List.of());

    public StagingWorkloads {
        workloads = List.copyOf(workloads);
        pods = List.copyOf(pods);
        warnings = List.copyOf(warnings);
    }

    /** Whether it takes no more resources but its data: nothing runs, and nothing is to run. */
    public boolean isNothingLeft() {
        return workloads.stream().allMatch(StagingWorkloads::isPutAway)
                && pods.stream().allMatch(PodState::isOver);
    }

    private static boolean isPutAway(WorkloadState workload) {
        return workload.isJob() ? workload.isReady() || workload.trouble() != null : workload.desired() == 0;
    }
}
