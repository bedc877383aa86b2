package io.jenkins.plugins.octopod.kubernetes;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ClusterObjects;
import io.jenkins.plugins.octopod.fixtures.ClusterProject;
import io.jenkins.plugins.octopod.fixtures.RealCluster;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.kubernetes.status.ClusterReconciler;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.kubernetes.watch.WatchedStaging;
import io.jenkins.plugins.octopod.staging.Staging;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What tests share that watch a staging in a real cluster, with an account that may only what docs/kubernetes.md says. */
abstract class RealClusterProject {

    static final String NAME = "orange-button";

    /** Its containers run until they are told to end, and ask for nothing. */
    static final String IMAGE = "registry.k8s.io/pause:3.10";

    static final String MISSING = "registry.k8s.io/pause:missing";

    @TempDir
    private Path scripts;

    JenkinsRule jenkins;
    RealCluster cluster;
    SweptProject swept;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        cluster = RealCluster.start();
        swept = SweptProject.create(rule, scripts);
        swept.demo.project.setNamespace(cluster.namespace());
        swept.demo.project.save();
        swept.demo.connectAgent("agent");
    }

    @AfterEach
    void stop() throws Exception {
        if (cluster != null) {
            // Nothing is to be watched that is being deleted.
            ClusterProject.set(swept.demo.project, null);
            cluster.close();
        }
    }

    Staging connected() throws Exception {
        swept.create(NAME);
        ClusterProject.connect(jenkins, swept.demo.project, cluster, HealthMode.INSTEAD_OF_CHECK);
        Staging staging = swept.staging(NAME);
        TestProject.await("the cluster to be known", () -> {
            WatchedStaging now = ClusterReconciler.getOrNull().watchedStaging(staging);
            return now != null && now.watch().isKnown() ? now : null;
        });
        return staging;
    }

    static WatchedStaging watched(Staging staging) {
        return ClusterReconciler.getOrNull().watchedStaging(staging);
    }

    void becomes(Status status) throws Exception {
        Staging staging = swept.staging(NAME);
        TestProject.await(
                status + " instead of " + staging.getStatus() + " "
                        + staging.observedState().reason(),
                () -> staging.getStatus() == status ? status : null);
    }

    void becomes(Status status, String reason) throws Exception {
        becomes(status);
        Staging staging = swept.staging(NAME);
        TestProject.await(
                reason + " instead of " + staging.observedState().reason(),
                () -> reason.equals(staging.observedState().reason()) ? status : null);
    }

    static PodTemplateSpec template(String workload, String image) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Map.of(ClusterObjects.LABEL, NAME, "app", workload))
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName("app")
                .withImage(image)
                .endContainer()
                .endSpec()
                .build();
    }

    static Deployment deployment(String name, int replicas, String image) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of(ClusterObjects.LABEL, NAME))
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(Map.of("app", name))
                .endSelector()
                .withTemplate(template(name, image))
                .endSpec()
                .build();
    }

    static String trouble(Staging staging) throws Exception {
        return TestProject.await("trouble", () -> {
            ClusterReconciler.getOrNull().probeAll();
            return watched(staging).error();
        });
    }

    static void noTrouble(Staging staging) throws Exception {
        TestProject.await("the end of trouble", () -> {
            ClusterReconciler.getOrNull().probeAll();
            WatchedStaging now = watched(staging);
            return now.watch().isKnown() && now.error() == null ? true : null;
        });
    }
}
