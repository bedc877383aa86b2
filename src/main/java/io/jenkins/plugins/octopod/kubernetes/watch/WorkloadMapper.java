package io.jenkins.plugins.octopod.kubernetes.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.cluster.ClusterWarning;
import io.jenkins.plugins.octopod.engine.cluster.ContainerSnapshot;
import io.jenkins.plugins.octopod.engine.cluster.ContainerSnapshotBuilder;
import io.jenkins.plugins.octopod.engine.cluster.ContainerTermination;
import io.jenkins.plugins.octopod.engine.cluster.PodSnapshot;
import io.jenkins.plugins.octopod.engine.cluster.PodSnapshotBuilder;
import io.jenkins.plugins.octopod.engine.cluster.Resources;
import io.jenkins.plugins.octopod.engine.cluster.WorkloadSnapshot;
import io.jenkins.plugins.octopod.engine.cluster.WorkloadSnapshot.Kind;
import io.jenkins.plugins.octopod.engine.text.PrintableText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Maps objects of the cluster’s API to records of the engine. Missing fields become neutral values. */
@ModuleInternal
public final class WorkloadMapper {

    /** Conditions of a deployment that report a problem if they are true. */
    private static final Set<String> BAD_WHEN_TRUE = Set.of("ReplicaFailure");

    private WorkloadMapper() {}

    public static WorkloadSnapshot of(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus() == null ? new DeploymentStatus() : deployment.getStatus();
        int desired = deployment.getSpec() == null
                ? 1
                : Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
        boolean rolledOut = isObserved(deployment, status.getObservedGeneration())
                && count(status.getUpdatedReplicas()) >= desired
                && count(status.getReplicas()) <= count(status.getUpdatedReplicas());
        return WorkloadSnapshot.builder(Kind.DEPLOYMENT, name(deployment))
                .desired(desired)
                .ready(count(status.getReadyReplicas()))
                .rolledOut(rolledOut)
                .trouble(failureMessage(status.getConditions()))
                .images(images(
                        deployment.getSpec() == null
                                ? null
                                : deployment.getSpec().getTemplate()))
                .build();
    }

    public static WorkloadSnapshot of(StatefulSet set) {
        StatefulSetStatus status = set.getStatus() == null ? new StatefulSetStatus() : set.getStatus();
        int desired = set.getSpec() == null
                ? 1
                : Objects.requireNonNullElse(set.getSpec().getReplicas(), 1);
        boolean rolledOut = isObserved(set, status.getObservedGeneration())
                && (status.getUpdateRevision() == null
                        || status.getUpdateRevision().equals(status.getCurrentRevision())
                        || count(status.getUpdatedReplicas()) >= desired);
        return WorkloadSnapshot.builder(isParallel(set) ? Kind.PARALLEL_STATEFUL_SET : Kind.STATEFUL_SET, name(set))
                .desired(desired)
                .ready(count(status.getReadyReplicas()))
                .rolledOut(rolledOut)
                .images(images(set.getSpec() == null ? null : set.getSpec().getTemplate()))
                .build();
    }

    private static boolean isParallel(StatefulSet set) {
        return set.getSpec() != null && "Parallel".equals(set.getSpec().getPodManagementPolicy());
    }

    public static WorkloadSnapshot of(DaemonSet set) {
        DaemonSetStatus status = set.getStatus() == null ? new DaemonSetStatus() : set.getStatus();
        int desired = count(status.getDesiredNumberScheduled());
        boolean rolledOut = isObserved(set, status.getObservedGeneration())
                && (isUpdatedByHand(set) || count(status.getUpdatedNumberScheduled()) >= desired);
        return WorkloadSnapshot.builder(Kind.DAEMON_SET, name(set))
                .desired(desired)
                .ready(count(status.getNumberReady()))
                .rolledOut(rolledOut)
                .images(images(set.getSpec() == null ? null : set.getSpec().getTemplate()))
                .build();
    }

    private static boolean isUpdatedByHand(DaemonSet set) {
        return set.getSpec() != null
                && set.getSpec().getUpdateStrategy() != null
                && "OnDelete".equals(set.getSpec().getUpdateStrategy().getType());
    }

    public static WorkloadSnapshot of(Job job) {
        boolean suspended =
                job.getSpec() != null && Boolean.TRUE.equals(job.getSpec().getSuspend());
        int desired = suspended || job.getSpec() == null
                ? 0
                : Objects.requireNonNullElse(job.getSpec().getCompletions(), 1);
        String error = null;
        int succeeded = 0;
        if (job.getStatus() != null) {
            succeeded = count(job.getStatus().getSucceeded());
            for (JobCondition condition : job.getStatus().getConditions()) {
                if ("Failed".equals(condition.getType()) && "True".equals(condition.getStatus())) {
                    error = messageOrReason(condition.getReason(), condition.getMessage());
                }
            }
        }
        return WorkloadSnapshot.builder(Kind.JOB, name(job))
                .desired(desired)
                .ready(succeeded)
                .rolledOut(true)
                .scheduled(isScheduled(job))
                .trouble(error)
                .images(images(job.getSpec() == null ? null : job.getSpec().getTemplate()))
                .build();
    }

    /** Returns whether a CronJob created the job. */
    static boolean isScheduled(Job job) {
        return job.getMetadata().getOwnerReferences().stream().anyMatch(owner -> "CronJob".equals(owner.getKind()));
    }

    /** Returns the name of the job that created the pod; empty if none did. */
    public static Optional<String> jobOf(Pod pod) {
        // Other API groups have kinds named {@code Job}, too.
        return controller(pod)
                .filter(owner -> "Job".equals(owner.getKind())
                        && text(owner.getApiVersion()).startsWith("batch/"))
                .map(OwnerReference::getName);
    }

    public static PodSnapshot of(Pod pod) {
        return builder(pod).build();
    }

    /** Maps a pod that doesn’t affect the staging’s health. */
    static PodSnapshot ofUncounted(Pod pod) {
        return builder(pod).counted(false).build();
    }

    private static PodSnapshotBuilder builder(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        List<PodCondition> conditions =
                pod.getStatus() == null ? List.of() : pod.getStatus().getConditions();
        String unschedulable = conditions.stream()
                .filter(condition -> "PodScheduled".equals(condition.getType())
                        && "False".equals(condition.getStatus())
                        && "Unschedulable".equals(condition.getReason()))
                .map(condition -> messageOrReason(condition.getReason(), condition.getMessage()))
                .findFirst()
                .orElse(null);
        boolean ready = conditions.stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
        return PodSnapshot.builder(name(pod))
                .phase(phase)
                .deleting(pod.getMetadata().getDeletionTimestamp() != null)
                .ready(ready)
                .unschedulable(unschedulable)
                .failure(PodFailures.of(pod))
                .node(pod.getSpec() == null ? null : pod.getSpec().getNodeName())
                .since(instant(pod.getMetadata().getCreationTimestamp(), Instant.EPOCH))
                .owner(owner(pod))
                .requests(requests(pod))
                .containers(containers(pod));
    }

    public static ClusterWarning of(Event event) {
        String last = Stream.of(
                        event.getSeries() == null || event.getSeries().getLastObservedTime() == null
                                ? null
                                : event.getSeries().getLastObservedTime().getTime(),
                        event.getLastTimestamp(),
                        event.getEventTime() == null
                                ? null
                                : event.getEventTime().getTime(),
                        event.getMetadata().getCreationTimestamp())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        int count = event.getSeries() == null
                ? count(event.getCount())
                : count(event.getSeries().getCount());
        return new ClusterWarning(
                text(event.getInvolvedObject().getKind()),
                text(event.getInvolvedObject().getName()),
                text(event.getReason()),
                text(event.getMessage()),
                Math.max(1, count),
                instant(last, Instant.EPOCH));
    }

    /**
     * Returns the owner’s title in the form of {@link WorkloadSnapshot#title}. Replica sets aren’t watched, so their
     * pods belong to the deployment.
     */
    @CheckForNull
    private static String owner(Pod pod) {
        return controller(pod)
                .map(owner -> "ReplicaSet".equals(owner.getKind())
                        ? Kind.DEPLOYMENT.word() + ' ' + deploymentOf(owner.getName())
                        : owner.getKind() + ' ' + owner.getName())
                .orElse(null);
    }

    private static Optional<OwnerReference> controller(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }

    /** Returns the deployment’s name, which is the part of a replica set’s name before the last dash. */
    static String deploymentOf(@CheckForNull String replicaSet) {
        int dash = replicaSet == null ? -1 : replicaSet.lastIndexOf('-');
        return dash < 0 ? "" : replicaSet.substring(0, dash);
    }

    private static List<ContainerSnapshot> containers(Pod pod) {
        List<ContainerSnapshot> containers = new ArrayList<>();
        if (pod.getSpec() != null) {
            List<ContainerStatus> initial =
                    pod.getStatus() == null ? List.of() : pod.getStatus().getInitContainerStatuses();
            List<ContainerStatus> serving =
                    pod.getStatus() == null ? List.of() : pod.getStatus().getContainerStatuses();
            List<Container> before = pod.getSpec().getInitContainers();
            before.stream()
                    .filter(container -> !isSidecar(container))
                    .forEach(container -> containers.add(
                            builder(container, initial).initContainer(true).build()));
            pod.getSpec()
                    .getContainers()
                    .forEach(container ->
                            containers.add(builder(container, serving).build()));
            // Kubernetes starts sidecars before the other containers, but users look for the application’s log first.
            before.stream()
                    .filter(WorkloadMapper::isSidecar)
                    .forEach(container ->
                            containers.add(builder(container, initial).build()));
        }
        return containers;
    }

    /** Returns whether an init container keeps running next to the application’s containers. */
    private static boolean isSidecar(Container initContainer) {
        return "Always".equals(initContainer.getRestartPolicy());
    }

    /** Returns the containers that run at the same time. */
    private static Stream<Container> serving(List<Container> initContainers, List<Container> containers) {
        return Stream.concat(containers.stream(), initContainers.stream().filter(WorkloadMapper::isSidecar));
    }

    private static ContainerSnapshotBuilder builder(Container container, List<ContainerStatus> statuses) {
        ContainerStatus status = statuses.stream()
                .filter(candidate -> container.getName().equals(candidate.getName()))
                .findFirst()
                .orElseGet(ContainerStatus::new);
        ContainerState now = status.getState() == null ? new ContainerState() : status.getState();
        ContainerState before = status.getLastState() == null ? new ContainerState() : status.getLastState();
        ContainerStateTerminated ended = now.getTerminated() != null ? now.getTerminated() : before.getTerminated();
        return ContainerSnapshot.builder(container.getName())
                .image(text(container.getImage()))
                .ready(Boolean.TRUE.equals(status.getReady()))
                .restarts(count(status.getRestartCount()))
                .waiting(now.getWaiting() == null ? null : now.getWaiting().getReason())
                .message(now.getWaiting() == null ? null : now.getWaiting().getMessage())
                .ended(
                        ended == null
                                ? null
                                : new ContainerTermination(
                                        text(ended.getReason()), count(ended.getExitCode()), text(ended.getMessage())));
    }

    private static Resources requests(Pod pod) {
        return pod.getSpec() == null
                ? Resources.NONE
                : serving(pod.getSpec().getInitContainers(), pod.getSpec().getContainers())
                        .filter(container -> container.getResources() != null)
                        .map(container -> of(container.getResources().getRequests()))
                        .reduce(Resources.NONE, Resources::plus);
    }

    /**
     * Maps amounts of resources.
     *
     * @param amounts amounts by {@code cpu} and {@code memory}; null for none
     */
    public static Resources of(@CheckForNull Map<String, Quantity> amounts) {
        return amounts == null
                ? Resources.NONE
                : new Resources(
                        amount(amounts.get("cpu"), BigDecimal.valueOf(1000)),
                        amount(amounts.get("memory"), BigDecimal.ONE));
    }

    private static long amount(@CheckForNull Quantity quantity, BigDecimal times) {
        try {
            return quantity == null
                    ? 0
                    : quantity.getNumericalAmount().multiply(times).longValue();
        } catch (RuntimeException e) {
            // The cluster’s amount isn’t a valid number.
            return 0;
        }
    }

    private static String failureMessage(List<DeploymentCondition> conditions) {
        for (DeploymentCondition condition : conditions) {
            boolean stuck = "Progressing".equals(condition.getType()) && "False".equals(condition.getStatus());
            boolean refused = BAD_WHEN_TRUE.contains(condition.getType()) && "True".equals(condition.getStatus());
            if (stuck || refused) {
                return messageOrReason(condition.getReason(), condition.getMessage());
            }
        }
        return null;
    }

    private static List<String> images(@CheckForNull PodTemplateSpec template) {
        return template == null || template.getSpec() == null
                ? List.of()
                : serving(
                                template.getSpec().getInitContainers(),
                                template.getSpec().getContainers())
                        .map(container -> text(container.getImage()))
                        .toList();
    }

    /** Returns whether the status belongs to the current specification, and not to an earlier one. */
    private static boolean isObserved(HasMetadata workload, @CheckForNull Long observed) {
        Long generation = workload.getMetadata().getGeneration();
        return generation == null || observed != null && observed >= generation;
    }

    private static String messageOrReason(@CheckForNull String reason, @CheckForNull String message) {
        return message == null || message.isBlank() ? text(reason) : text(message);
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }

    private static String text(@CheckForNull String text) {
        return text == null ? "" : PrintableText.of(text);
    }

    private static int count(@CheckForNull Integer count) {
        return count == null ? 0 : count;
    }

    static Instant instant(@CheckForNull String time, Instant otherwise) {
        try {
            return time == null ? otherwise : OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            return otherwise;
        }
    }
}
