package io.jenkins.plugins.octopod.kubernetes.watch;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.util.List;

/**
 * Removes from cluster objects what the plugin doesn’t use. That is most of an object, and thousands are kept in
 * memory.
 */
@ModuleInternal
public final class ObjectTrimmer {

    private ObjectTrimmer() {}

    public static Pod pod(Pod pod) {
        PodBuilder trimmed = new PodBuilder().withMetadata(meta(pod.getMetadata()));
        if (pod.getSpec() != null) {
            trimmed.withNewSpec()
                    .withNodeName(pod.getSpec().getNodeName())
                    .withContainers(containers(pod.getSpec().getContainers()))
                    .withInitContainers(containers(pod.getSpec().getInitContainers()))
                    .endSpec();
        }
        if (pod.getStatus() != null) {
            trimmed.withNewStatus()
                    .withPhase(pod.getStatus().getPhase())
                    .withReason(pod.getStatus().getReason())
                    .withMessage(pod.getStatus().getMessage())
                    .withConditions(pod.getStatus().getConditions())
                    .withContainerStatuses(pod.getStatus().getContainerStatuses())
                    .withInitContainerStatuses(pod.getStatus().getInitContainerStatuses())
                    .endStatus();
        }
        return trimmed.build();
    }

    public static Deployment deployment(Deployment deployment) {
        DeploymentBuilder trimmed = new DeploymentBuilder()
                .withMetadata(meta(deployment.getMetadata()))
                .withStatus(deployment.getStatus());
        if (deployment.getSpec() != null) {
            trimmed.withNewSpec()
                    .withReplicas(deployment.getSpec().getReplicas())
                    .withTemplate(template(deployment.getSpec().getTemplate()))
                    .endSpec();
        }
        return trimmed.build();
    }

    public static StatefulSet statefulSet(StatefulSet set) {
        StatefulSetBuilder trimmed =
                new StatefulSetBuilder().withMetadata(meta(set.getMetadata())).withStatus(set.getStatus());
        if (set.getSpec() != null) {
            trimmed.withNewSpec()
                    .withReplicas(set.getSpec().getReplicas())
                    .withPodManagementPolicy(set.getSpec().getPodManagementPolicy())
                    .withTemplate(template(set.getSpec().getTemplate()))
                    .endSpec();
        }
        return trimmed.build();
    }

    public static DaemonSet daemonSet(DaemonSet set) {
        DaemonSetBuilder trimmed =
                new DaemonSetBuilder().withMetadata(meta(set.getMetadata())).withStatus(set.getStatus());
        if (set.getSpec() != null) {
            trimmed.withNewSpec()
                    .withUpdateStrategy(set.getSpec().getUpdateStrategy())
                    .withTemplate(template(set.getSpec().getTemplate()))
                    .endSpec();
        }
        return trimmed.build();
    }

    public static Job job(Job job) {
        JobBuilder trimmed =
                new JobBuilder().withMetadata(meta(job.getMetadata())).withStatus(job.getStatus());
        if (job.getSpec() != null) {
            trimmed.withNewSpec()
                    .withCompletions(job.getSpec().getCompletions())
                    .withSuspend(job.getSpec().getSuspend())
                    .withTemplate(template(job.getSpec().getTemplate()))
                    .endSpec();
        }
        return trimmed.build();
    }

    public static Event event(Event event) {
        return new EventBuilder(event)
                .withMetadata(meta(event.getMetadata()))
                .withReportingComponent(null)
                .withReportingInstance(null)
                .withSource(null)
                .build();
    }

    private static PodTemplateSpec template(PodTemplateSpec template) {
        if (template == null || template.getSpec() == null) {
            return template;
        }
        return new PodTemplateSpecBuilder()
                .withNewSpec()
                .withContainers(containers(template.getSpec().getContainers()))
                .withInitContainers(containers(template.getSpec().getInitContainers()))
                .endSpec()
                .build();
    }

    private static List<Container> containers(List<Container> containers) {
        return containers.stream()
                .map(container -> new ContainerBuilder()
                        .withName(container.getName())
                        .withImage(container.getImage())
                        .withResources(container.getResources())
                        .withRestartPolicy(container.getRestartPolicy())
                        .build())
                .toList();
    }

    private static ObjectMeta meta(ObjectMeta meta) {
        return new ObjectMetaBuilder()
                .withName(meta.getName())
                .withNamespace(meta.getNamespace())
                .withUid(meta.getUid())
                .withLabels(meta.getLabels())
                .withGeneration(meta.getGeneration())
                .withResourceVersion(meta.getResourceVersion())
                .withCreationTimestamp(meta.getCreationTimestamp())
                .withDeletionTimestamp(meta.getDeletionTimestamp())
                .withOwnerReferences(meta.getOwnerReferences())
                .build();
    }
}
