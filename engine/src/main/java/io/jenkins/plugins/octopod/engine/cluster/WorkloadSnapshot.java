package io.jenkins.plugins.octopod.engine.cluster;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * State of a workload, which keeps pods running, or runs them until they have ended.
 *
 * @param name name of the workload in its namespace
 * @param desired desired number of pods; for a daemon set, number of nodes that its specification selects; for a job,
 *     number of pods that must succeed
 * @param ready number of ready pods; for a job, number of pods that have succeeded
 * @param rolledOut whether Kubernetes has processed the current specification and all pods match it
 * @param scheduled whether a cron job created the workload, so that its result doesn’t count for the staging’s status
 * @param trouble reason why Kubernetes has given up or can’t create pods; {@code null} if there is none
 * @param images images in the specification
 */
@Buildable
public record WorkloadSnapshot(
        Kind kind,
        String name,
        int desired,
        int ready,
        boolean rolledOut,
        boolean scheduled,
        String trouble,
        List<String> images) {

    /** Kinds of workloads, with Kubernetes’ names. */
    public enum Kind {
        DEPLOYMENT("Deployment"),
        /** Creates its next pod when the previous pod is ready. */
        STATEFUL_SET("StatefulSet"),
        /** Creates all of its pods at the same time. */
        PARALLEL_STATEFUL_SET("StatefulSet"),
        DAEMON_SET("DaemonSet"),
        JOB("Job");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Returns Kubernetes’ name of the kind. */
        public String word() {
            return word;
        }
    }

    public WorkloadSnapshot {
        images = List.copyOf(images);
    }

    WorkloadSnapshot mapTexts(UnaryOperator<String> edit) {
        String editedTrouble = trouble == null ? null : edit.apply(trouble);
        return new WorkloadSnapshot(kind, name, desired, ready, rolledOut, scheduled, editedTrouble, images);
    }

    /** Returns a builder of a workload without images and desired pods that isn’t rolled out and has no problem. */
    public static WorkloadSnapshotBuilder builder(Kind kind, String name) {
        return WorkloadSnapshotBuilder.builder().kind(kind).name(name).images(List.of());
    }

    public boolean isJob() {
        return kind == Kind.JOB;
    }

    /** Returns whether the workload should have one pod on each node that its specification selects. */
    boolean isDaemonSet() {
        return kind == Kind.DAEMON_SET;
    }

    /** Returns whether the workload creates its next pod only when the previous pod is ready. */
    boolean makesPodsInOrder() {
        return kind == Kind.STATEFUL_SET;
    }

    /** Returns whether enough pods are ready. */
    public boolean isReady() {
        return ready >= desired;
    }

    /** Returns the kind and the name, such as “Deployment web”. */
    public String title() {
        return kind.word() + ' ' + name;
    }
}
