package io.jenkins.plugins.octopod.engine.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the root cause of a staging’s problem, as a sentence that a developer can act on. */
final class Diagnosis {

    /** Time in which a controller replaces a pod. Normally it does so within seconds. */
    private static final Duration REPLACED = Duration.ofMinutes(5);

    private final StagingWorkloads seen;

    private Diagnosis(StagingWorkloads seen) {
        this.seen = seen;
    }

    /**
     * Returns the cause; empty if the cluster reports none.
     *
     * @param seen objects that count for the staging’s health
     */
    static Optional<String> of(StagingWorkloads seen) {
        Diagnosis diagnosis = new Diagnosis(seen);
        return Stream.<Function<Diagnosis, Optional<String>>>of(
                        Diagnosis::failedJob,
                        Diagnosis::missingImage,
                        Diagnosis::unstartable,
                        Diagnosis::crashing,
                        Diagnosis::unschedulable,
                        Diagnosis::refusedPods,
                        Diagnosis::missingPods,
                        Diagnosis::missingVolume,
                        Diagnosis::unready,
                        Diagnosis::endedByNode)
                .map(cause -> cause.apply(diagnosis))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Container with its pod. */
    private record Finding(PodSnapshot pod, ContainerSnapshot container) {}

    private Optional<Finding> container(Predicate<ContainerSnapshot> wanted) {
        return alive().flatMap(
                        pod -> pod.containers().stream().filter(wanted).map(container -> new Finding(pod, container)))
                .findFirst();
    }

    private Stream<PodSnapshot> alive() {
        return seen.pods().stream().filter(PodSnapshot::isAlive);
    }

    private Optional<String> failedJob() {
        return seen.workloads().stream()
                .filter(workload -> workload.isJob() && workload.trouble() != null)
                .map(job -> job.title() + " has failed (" + KubernetesMessages.shortened(job.trouble()) + "). "
                        + whyFailed(job))
                .findFirst();
    }

    private String whyFailed(WorkloadSnapshot job) {
        List<PodSnapshot> failed =
                podsOf(job).filter(pod -> "Failed".equals(pod.phase())).toList();
        return !failed.isEmpty() && failed.stream().allMatch(PodSnapshot::isEndedByNode)
                ? endedByNode(failed.get(0))
                : "Its pods’ logs say why, as long as they are there.";
    }

    private Optional<String> missingImage() {
        return container(ContainerSnapshot::isImageMissing).map(finding -> {
            ContainerSnapshot container = finding.container();
            // The container’s message becomes “Back-off” after a while, but the events still contain the reason.
            String said = container.message().startsWith("Back-off") ? "" : container.message();
            String message = said.isEmpty() ? pullMessage(finding) : said;
            return KubernetesMessages.imageMissing(container.image(), message);
        });
    }

    private String pullMessage(Finding finding) {
        String image = '"' + finding.container().image() + '"';
        return seen.warnings().stream()
                .filter(warning -> warning.reason().equals("Failed")
                        && warning.name().equals(finding.pod().name())
                        && warning.message().contains(image))
                .map(ClusterWarning::message)
                .findFirst()
                .orElse("");
    }

    private Optional<String> unstartable() {
        return container(ContainerSnapshot::isUnstartable)
                .map(finding -> "Container " + finding.container().name() + " of pod "
                        + finding.pod().name() + " can’t be started: "
                        + KubernetesMessages.shortened(
                                finding.container().message().isEmpty()
                                        ? finding.container().waiting()
                                        : finding.container().message()));
    }

    private Optional<String> crashing() {
        return container(ContainerSnapshot::isCrashLooping).map(finding -> {
            ContainerSnapshot container = finding.container();
            ContainerTermination termination = container.ended();
            return "Container " + container.name() + " of pod " + finding.pod().name() + " ends again and again ("
                    + (container.restarts() == 1 ? "1 restart" : container.restarts() + " restarts") + "): "
                    + (termination == null ? "its log says why." : ending(termination));
        });
    }

    private static String ending(ContainerTermination termination) {
        if (termination.isOutOfMemory()) {
            return "it used more memory than it may. Raise its limit, or have it use less.";
        }
        String said = KubernetesMessages.shortened(termination.message());
        return "the last time with exit code " + termination.exitCode()
                + (said.isEmpty() ? "" : ", saying “" + said + "”") + ". Its log says why.";
    }

    private Optional<String> unschedulable() {
        return alive().filter(pod -> pod.unschedulable() != null)
                .map(pod ->
                        "No node takes pod " + pod.name() + ": " + KubernetesMessages.shortened(pod.unschedulable()))
                .findFirst();
    }

    private Optional<String> refusedPods() {
        return seen.workloads().stream()
                .filter(workload -> !workload.isJob() && workload.trouble() != null)
                .map(workload ->
                        workload.title() + " doesn’t get on: " + KubernetesMessages.shortened(workload.trouble()))
                .findFirst();
    }

    /**
     * Returns why pods can’t be created. For a StatefulSet, a DaemonSet or a Job, only warnings report that, which a
     * cluster keeps for an hour.
     */
    private Optional<String> missingPods() {
        return seen.warnings().stream()
                .filter(warning -> warning.reason().equals("FailedCreate"))
                .flatMap(warning -> seen.workloads().stream()
                        .filter(workload -> !workload.isReady()
                                && warning.isAbout(workload)
                                && waitsForPods(workload)
                                && !hasPodSince(workload, warning.last()))
                        .map(workload -> workload.title() + ": " + warning.sentence()))
                .findFirst();
    }

    /**
     * Returns whether the workload waits for pods. A Job with a running pod doesn’t. A StatefulSet that creates its
     * pods in order waits for its last pod to become ready first.
     */
    private boolean waitsForPods(WorkloadSnapshot workload) {
        List<PodSnapshot> alive = podsOf(workload).filter(PodSnapshot::isAlive).toList();
        return workload.isJob()
                ? alive.isEmpty()
                : alive.size() < workload.desired()
                        && (!workload.makesPodsInOrder() || alive.stream().allMatch(PodSnapshot::ready));
    }

    /** Returns whether a pod was created after the time, even if it has already ended. */
    private boolean hasPodSince(WorkloadSnapshot workload, Instant refused) {
        return podsOf(workload).anyMatch(pod -> pod.since().isAfter(refused));
    }

    private Stream<PodSnapshot> podsOf(WorkloadSnapshot workload) {
        return podsOf(workload.title());
    }

    private Stream<PodSnapshot> podsOf(String owner) {
        return seen.pods().stream().filter(pod -> owner.equals(pod.owner()));
    }

    /**
     * Returns which pod was ended by its node. An ended pod is kept for days, so it counts only if no replacement
     * serves yet.
     */
    private Optional<String> endedByNode() {
        return seen.pods().stream()
                .filter(pod -> pod.isEndedByNode() && isMissed(pod))
                .map(Diagnosis::endedByNode)
                .findFirst();
    }

    private static String endedByNode(PodSnapshot pod) {
        return "Pod " + pod.name() + ' ' + pod.failure().sentence()
                + (pod.owner() == null ? " Nothing makes it anew: deploy again." : "");
    }

    private boolean isMissed(PodSnapshot ended) {
        if (ended.owner() == null) {
            // A pod without an owner next to workloads can be a test.
            return seen.workloads().isEmpty();
        }
        List<PodSnapshot> later = podsOf(ended.owner())
                .filter(pod -> pod.isAlive() && pod.since().isAfter(ended.since()))
                .toList();
        Instant replaced = ended.failure().at().plus(REPLACED);
        return seen.workloads().stream().noneMatch(workload -> isServed(workload, ended.owner()))
                && later.stream().noneMatch(PodSnapshot::ready)
                && (later.isEmpty()
                        || later.stream().anyMatch(pod -> pod.since().isBefore(replaced)));
    }

    /** Returns whether the workload has all its pods. A Job always has, because a failed Job is reported first. */
    private static boolean isServed(WorkloadSnapshot workload, String title) {
        return workload.title().equals(title) && (workload.isJob() || workload.isReady());
    }

    private Optional<String> missingVolume() {
        return warningOf("FailedMount", "FailedAttachVolume");
    }

    private Optional<String> unready() {
        return warningOf("Unhealthy");
    }

    /** Returns a warning about a pod that isn’t ready. Warnings about ready pods are outdated. */
    private Optional<String> warningOf(String... reasons) {
        List<String> waiting =
                alive().filter(pod -> !pod.ready()).map(PodSnapshot::name).toList();
        return seen.warnings().stream()
                .filter(warning -> List.of(reasons).contains(warning.reason()) && waiting.contains(warning.name()))
                .map(warning -> "Pod " + warning.name() + ": " + warning.sentence())
                .findFirst();
    }
}
