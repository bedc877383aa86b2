package io.jenkins.plugins.octopod.engine.cluster;

import io.jenkins.plugins.octopod.engine.cluster.WorkloadSnapshot.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a cluster may say of a staging, put together as a test needs it. */
final class Seen {

    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final List<WorkloadSnapshot> workloads = new ArrayList<>();
    private final List<PodSnapshot> pods = new ArrayList<>();
    private final List<ClusterWarning> warnings = new ArrayList<>();

    /** When pods are made, and warnings are given. */
    private Instant now = NOW;

    /** What is added after this call is from so much later. */
    Seen later(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    Seen deployment(String name, int desired, int ready, String... images) {
        return workload(WorkloadSnapshot.builder(Kind.DEPLOYMENT, name)
                .desired(desired)
                .ready(ready)
                .rolledOut(true)
                .images(List.of(images))
                .build());
    }

    Seen workload(WorkloadSnapshot workload) {
        workloads.add(workload);
        return this;
    }

    Seen job(String name, int ready, boolean scheduled, String trouble) {
        return workload(WorkloadSnapshot.builder(Kind.JOB, name)
                .desired(1)
                .ready(ready)
                .rolledOut(true)
                .scheduled(scheduled)
                .trouble(trouble)
                .images(List.of("migrate:v7"))
                .build());
    }

    Seen pod(String name, boolean ready, ContainerSnapshot... containers) {
        return pod(name, "Running", false, ready, null, containers);
    }

    /** Of the deployment that it is named after. */
    Seen pod(
            String name,
            String phase,
            boolean deleting,
            boolean ready,
            String unschedulable,
            ContainerSnapshot... containers) {
        String owner = "Deployment " + name.substring(0, name.lastIndexOf('-'));
        return pod(owner, true, name, phase, deleting, ready, unschedulable, containers);
    }

    /** @param owner such as {@code DaemonSet proxy}; null for none */
    Seen podOf(String owner, String name, boolean ready, ContainerSnapshot... containers) {
        return pod(owner, true, name, "Running", false, ready, null, containers);
    }

    /** Has ended well. */
    Seen endedPodOf(String owner, String name) {
        return pod(owner, true, name, "Succeeded", false, false, null);
    }

    /** Was ended by its node. */
    Seen evictedPodOf(String owner, String name) {
        pods.add(PodSnapshot.builder(name)
                .phase("Failed")
                .failure(new PodFailure("Evicted", "The node was low on resource: memory.", true, now.plusSeconds(60)))
                .node("node-1")
                .since(now)
                .owner(owner)
                .build());
        return this;
    }

    /** Has failed by itself. */
    Seen failedPodOf(String owner, String name) {
        return pod(owner, true, name, "Failed", false, false, null);
    }

    /** Is being deleted. */
    Seen deletedPodOf(String owner, String name) {
        return pod(owner, true, name, "Running", true, false, null);
    }

    /** Of a timetable’s job. */
    Seen scheduledPod(String name, ContainerSnapshot... containers) {
        String owner = "Job " + name.substring(0, name.lastIndexOf('-'));
        return pod(owner, false, name, "Running", false, false, null, containers);
    }

    private Seen pod(
            String owner,
            boolean counted,
            String name,
            String phase,
            boolean deleting,
            boolean ready,
            String unschedulable,
            ContainerSnapshot... containers) {
        pods.add(PodSnapshot.builder(name)
                .phase(phase)
                .deleting(deleting)
                .ready(ready)
                .unschedulable(unschedulable)
                .node("node-1")
                .since(now)
                .owner(owner)
                .containers(List.of(containers))
                .counted(counted)
                .build());
        return this;
    }

    Seen warning(String kind, String name, String reason, String message) {
        warnings.add(new ClusterWarning(kind, name, reason, message, 1, now));
        return this;
    }

    static ContainerSnapshot running(String image) {
        return ContainerSnapshot.builder("app").image(image).ready(true).build();
    }

    static ContainerSnapshot waiting(String image, String reason, String message) {
        return ContainerSnapshot.builder("app")
                .image(image)
                .waiting(reason)
                .message(message)
                .build();
    }

    static ContainerSnapshot crashed(int restarts, ContainerTermination termination) {
        return ContainerSnapshot.builder("app")
                .image("shop:v7")
                .restarts(restarts)
                .waiting("CrashLoopBackOff")
                .message("back-off 5m0s restarting")
                .ended(termination)
                .build();
    }

    StagingWorkloads done() {
        return new StagingWorkloads(workloads, pods, warnings);
    }

    WorkloadHealth health(String expectedTag) {
        return WorkloadHealth.of(done(), expectedTag);
    }
}
