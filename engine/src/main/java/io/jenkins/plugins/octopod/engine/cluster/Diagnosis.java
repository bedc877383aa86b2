package io.jenkins.plugins.octopod.engine.cluster;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Why a staging isn’t well, in one sentence that a developer can act on: the cause that others follow from. */
final class Diagnosis {

    private final StagingWorkloads seen;

    private Diagnosis(StagingWorkloads seen) {
        this.seen = seen;
    }

    /**
     * Empty where the cluster gives no reason.
     *
     * @param seen what counts of it
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
                        Diagnosis::missingVolume,
                        Diagnosis::unready)
                .map(cause -> cause.apply(diagnosis))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A container and its pod. */
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
                .map(job -> job.title() + " has failed (" + KubernetesMessages.shortened(job.trouble())
                        + "). Its pods’ logs say why, as long as they are there.")
                .findFirst();
    }

    private Optional<String> missingImage() {
        return container(ContainerSnapshot::isImageMissing).map(finding -> {
            ContainerSnapshot container = finding.container();
            // What a container says turns into “Back-off” after a while; the events remember the reason.
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

    private Optional<String> missingVolume() {
        return warningOf("FailedMount", "FailedAttachVolume");
    }

    private Optional<String> unready() {
        return warningOf("Unhealthy");
    }

    /** Of a pod that waits: what was wrong with one that serves by now is over. */
    private Optional<String> warningOf(String... reasons) {
        List<String> waiting =
                alive().filter(pod -> !pod.ready()).map(PodSnapshot::name).toList();
        return seen.warnings().stream()
                .filter(warning -> List.of(reasons).contains(warning.reason()) && waiting.contains(warning.name()))
                .map(warning -> "Pod " + warning.name() + ": " + warning.sentence())
                .findFirst();
    }
}
