package io.jenkins.plugins.octopod.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ClusterObjects;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a real cluster says of each kind of workload and of what its pods are kept from. */
@Tag("cluster")
@WithSharedJenkins
class RealClusterWorkloadsTest extends RealClusterProject {

    private static DaemonSet daemonSet(String name, String image) {
        return new DaemonSetBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of(ClusterObjects.LABEL, NAME))
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(Map.of("app", name))
                .endSelector()
                .withTemplate(template(name, image))
                .endSpec()
                .build();
    }

    private static StatefulSet statefulSet(String name, int replicas) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of(ClusterObjects.LABEL, NAME))
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withServiceName(name)
                .withNewSelector()
                .withMatchLabels(Map.of("app", name))
                .endSelector()
                .withTemplate(template(name, IMAGE))
                .endSpec()
                .build();
    }

    private void limitPods(int count) {
        cluster.put(new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName("few")
                .endMetadata()
                .withNewSpec()
                .withHard(Map.of("pods", new Quantity(Integer.toString(count))))
                .endSpec()
                .build());
    }

    private void awaitReason(String part) throws Exception {
        TestProject.await(part + " in " + swept.staging(NAME).observedState().reason(), () -> {
            String reason = swept.staging(NAME).observedState().reason();
            return reason != null && reason.contains(part) ? reason : null;
        });
    }

    @Test
    void podsOfADaemonSetCount() throws Exception {
        cluster.deploy(deployment("web", 1, IMAGE));
        connected();
        becomes(Status.Running);
        cluster.put(daemonSet("agent", MISSING));
        becomes(Status.PartialAvailability);
        awaitReason(MISSING);
        cluster.delete(daemonSet("agent", MISSING));
        becomes(Status.Running);
    }

    @Test
    void anInitContainerThatCantStartIsTheReason() throws Exception {
        Deployment web = deployment("web", 1, IMAGE);
        connectedTo(web);
        cluster.put(new DeploymentBuilder(web)
                .editSpec()
                .editTemplate()
                .editSpec()
                .addNewInitContainer()
                .withName("migrate")
                .withImage(MISSING)
                .endInitContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
        becomes(Status.PartialAvailability);
        awaitReason(MISSING);
    }

    @Test
    void aQuotaThatKeepsPodsOfADeploymentAwayIsTheReason() throws Exception {
        connectedTo(deployment("web", 1, IMAGE));
        limitPods(1);
        cluster.put(deployment("web", 2, IMAGE));
        becomes(Status.PartialAvailability);
        awaitReason("exceeded quota: few");
    }

    @Test
    void aQuotaThatKeepsPodsOfAStatefulSetAwayIsTheReason() throws Exception {
        connectedTo(deployment("web", 1, IMAGE));
        limitPods(1);
        cluster.put(statefulSet("database", 1));
        becomes(Status.PartialAvailability);
        awaitReason("exceeded quota: few");
    }

    private void connectedTo(Deployment web) throws Exception {
        cluster.deploy(web);
        connected();
        becomes(Status.Running);
    }
}
