package io.jenkins.plugins.octopod.engine.cluster;

import io.jenkins.plugins.octopod.engine.CheckResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Health of a staging that should run, derived from its workloads, with the results of {@code check}.
 *
 * @param result result in terms of {@code check}
 * @param sentence why the staging isn’t healthy; empty if it is
 */
public record WorkloadHealth(CheckResult result, String sentence) {

    private static final WorkloadHealth HEALTHY = new WorkloadHealth(CheckResult.OK, "");

    /** Maximum number of images in a sentence. */
    private static final int NAMED = 3;

    /**
     * Returns the health of a staging.
     *
     * @param expectedTag image tag that the staging should run; null if unknown
     */
    public static WorkloadHealth of(StagingWorkloads all, String expectedTag) {
        StagingWorkloads seen = all.counted();
        List<WorkloadSnapshot> serving =
                seen.workloads().stream().filter(workload -> !workload.isJob()).toList();
        List<PodSnapshot> single = seen.singlePods();
        if (seen.workloads().isEmpty() && seen.pods().stream().noneMatch(PodSnapshot::isAlive)) {
            return because(
                    CheckResult.GENERIC_FAILURE,
                    seen,
                    "Nothing of it is in the cluster: its workloads were deleted, or have other labels.");
        }
        if (seen.workloads().stream().anyMatch(workload -> workload.isJob() && workload.trouble() != null)) {
            return because(CheckResult.GENERIC_FAILURE, seen, "A job has failed.");
        }
        int desired = serving.stream().mapToInt(WorkloadSnapshot::desired).sum() + single.size();
        int ready = serving.stream()
                        .mapToInt(workload -> Math.min(workload.ready(), workload.desired()))
                        .sum()
                + (int) single.stream().filter(PodSnapshot::ready).count();
        if (seen.isScaledToZero()) {
            return failing("All of it is scaled to zero.");
        }
        if (desired == 0 && !serving.isEmpty() && serving.stream().allMatch(WorkloadSnapshot::rolledOut)) {
            return failing("No node of the cluster takes " + serving.get(0).title()
                    + ": look at its node selector and tolerations.");
        }
        String count = ready + " of " + desired + (desired == 1 ? " pod is ready." : " pods are ready.");
        if (desired > 0 && ready == 0) {
            return because(CheckResult.GENERIC_FAILURE, seen, count);
        }
        if (isCrashLooping(seen)) {
            return because(CheckResult.GENERIC_FAILURE, seen, count);
        }
        if (ready < desired) {
            return because(CheckResult.PARTIAL_AVAILABILITY, seen, count);
        }
        Optional<String> mismatch = expectedTag == null ? Optional.empty() : mismatch(seen, serving, expectedTag);
        if (mismatch.isPresent()) {
            return because(CheckResult.TAG_MISMATCH, seen, mismatch.get());
        }
        return serving.stream()
                .filter(workload -> !workload.rolledOut())
                .findFirst()
                .map(workload -> because(
                        CheckResult.PARTIAL_AVAILABILITY,
                        seen,
                        workload.title() + " is being rolled out: some of its pods aren’t the new ones yet."))
                .orElse(HEALTHY);
    }

    private static WorkloadHealth failing(String sentence) {
        return new WorkloadHealth(CheckResult.GENERIC_FAILURE, sentence);
    }

    /** Returns a failure with the cause that the cluster reports, or else the given sentence. */
    private static WorkloadHealth because(CheckResult result, StagingWorkloads seen, String otherwise) {
        return new WorkloadHealth(result, Diagnosis.of(seen).orElse(otherwise));
    }

    private static boolean isCrashLooping(StagingWorkloads seen) {
        return seen.pods().stream()
                .filter(PodSnapshot::isAlive)
                .flatMap(pod -> pod.containers().stream())
                .anyMatch(ContainerSnapshot::isCrashLooping);
    }

    /**
     * Finds an image with an unexpected tag. A staging also has third-party images, such as a database’s. An image
     * counts as the staging’s own if it has the expected tag somewhere, and then it must have the tag everywhere.
     */
    private static Optional<String> mismatch(StagingWorkloads seen, List<WorkloadSnapshot> serving, String expected) {
        Set<String> wanted =
                serving.stream().flatMap(workload -> workload.images().stream()).collect(Collectors.toSet());
        Set<String> running = seen.pods().stream()
                .filter(pod -> pod.isAlive() && pod.ready())
                .flatMap(pod -> pod.images().stream())
                .collect(Collectors.toSet());
        Set<String> all = Stream.concat(wanted.stream(), running.stream()).collect(Collectors.toSet());
        Set<String> own = all.stream()
                .map(ImageReference::parse)
                .filter(image -> image.tag().equals(expected))
                .map(ImageReference::repository)
                .collect(Collectors.toSet());
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<String> others = all.stream()
                .filter(image -> own.isEmpty() || isAnotherVersion(image, own, expected))
                .sorted()
                .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("It runs " + named(others) + ", and not the version " + expected + '.');
    }

    private static boolean isAnotherVersion(String image, Set<String> own, String expected) {
        ImageReference parsed = ImageReference.parse(image);
        return own.contains(parsed.repository()) && !parsed.tag().equals(expected);
    }

    private static String named(List<String> images) {
        String first = images.stream().limit(NAMED).collect(Collectors.joining(", "));
        return images.size() > NAMED ? first + " and " + (images.size() - NAMED) + " more" : first;
    }
}
