package io.jenkins.plugins.octopod.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.octopod.engine.CheckResult;
import io.jenkins.plugins.octopod.engine.cluster.ContainerSnapshot;
import io.jenkins.plugins.octopod.engine.cluster.PodSnapshot;
import io.jenkins.plugins.octopod.engine.cluster.Resources;
import io.jenkins.plugins.octopod.engine.cluster.StagingWorkloads;
import io.jenkins.plugins.octopod.engine.cluster.WorkloadHealth;
import io.jenkins.plugins.octopod.engine.cluster.WorkloadSnapshot;
import io.jenkins.plugins.octopod.kubernetes.watch.ObjectTrimmer;
import io.jenkins.plugins.octopod.kubernetes.watch.WorkloadMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that an init container with {@code restartPolicy: Always}, which runs beside the others, counts as one of them. */
class SidecarContainerTest {

    private static final String CONTAINERS = """
              initContainers:
              - {name: migrate, image: "shop:v7", resources: {requests: {cpu: "4"}}}
              - {name: agent, image: "shop-agent:v6", restartPolicy: Always, resources: {requests: {cpu: 500m, memory: 64Mi}}}
              containers:
              - {name: app, image: "shop:v7", resources: {requests: {cpu: 250m, memory: 128Mi}}}
            """;

    private static final String POD = "metadata: {name: web-1}\nspec:\n" + CONTAINERS + """
            status:
              phase: Running
              conditions:
              - {type: Ready, status: "True"}
              initContainerStatuses:
              - {name: migrate, ready: true, state: {terminated: {exitCode: 0, reason: Completed}}}
              - {name: agent, ready: true, started: true, state: {running: {}}}
              containerStatuses:
              - {name: app, ready: true, state: {running: {}}}
            """;

    private static PodSnapshot pod() {
        return WorkloadMapper.of(ObjectTrimmer.pod(Serialization.unmarshal(POD, Pod.class)));
    }

    @Test
    void itServesAndItsRequestsCount() {
        PodSnapshot pod = pod();
        assertEquals(List.of("shop:v7", "shop-agent:v6"), pod.images());
        assertEquals(new Resources(750, 192L << 20), pod.requests());
        assertEquals(
                List.of("migrate true", "app false", "agent false"),
                pod.containers().stream()
                        .map(container -> container.name() + ' ' + container.initContainer())
                        .toList());
        assertEquals(
                "app",
                pod.containers().stream()
                        .filter(container -> !container.initContainer())
                        .map(ContainerSnapshot::name)
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void itsImageIsComparedWithTheTag() {
        String yaml = "metadata: {name: web, generation: 1}\nspec:\n  replicas: 1\n  template:\n    spec:\n"
                + CONTAINERS.indent(4).stripTrailing()
                + "\nstatus: {observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1}\n";
        yaml = yaml.replace("shop-agent:v6", "shop:v6");
        WorkloadSnapshot web =
                WorkloadMapper.of(ObjectTrimmer.deployment(Serialization.unmarshal(yaml, Deployment.class)));
        assertEquals(List.of("shop:v7", "shop:v6"), web.images());
        WorkloadHealth health = WorkloadHealth.of(new StagingWorkloads(List.of(web), List.of(pod()), List.of()), "v7");
        assertEquals(CheckResult.TAG_MISMATCH, health.result());
        assertEquals("It runs shop:v6, and not the version v7.", health.sentence());
    }
}
