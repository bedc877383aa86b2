package io.jenkins.plugins.octopod.kubernetes;

import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.about;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.crashing;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.daemonSet;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.deployment;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.job;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.of;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.pod;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.scheduled;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.waiting;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.warning;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.jenkins.plugins.octopod.engine.CheckResult;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ClusterProject;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestCluster;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.kubernetes.status.ClusterReconciler;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.kubernetes.watch.WatchedStaging;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.checks.OnDemandCheck;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Statuses that follow a cluster. */
@WithSharedJenkins
class ClusterStatusSourceTest {

    private static final String PULL = "Failed to pull image \"shop:v2\": rpc error: code = NotFound: not found";

    @TempDir
    private Path directory;

    @TempDir
    private Path scripts;

    private JenkinsRule jenkins;
    private TestCluster cluster;
    private SweptProject swept;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        cluster = TestCluster.start(directory);
        swept = SweptProject.create(rule, scripts);
        swept.demo.connectAgent("agent");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private Staging connected(HealthMode health) throws Exception {
        swept.create("orange-button");
        ClusterProject.connect(jenkins, swept.demo.project, cluster, health);
        Staging staging = swept.staging("orange-button");
        TestProject.await("the cluster to be known", () -> {
            WatchedStaging watchedStaging = ClusterReconciler.getOrNull().watchedStaging(staging);
            return watchedStaging != null && watchedStaging.watch().isKnown() ? watchedStaging : null;
        });
        return staging;
    }

    private void becomes(Status status) throws Exception {
        Staging staging = swept.staging("orange-button");
        TestProject.await(
                status + " instead of " + staging.getStatus(), () -> staging.getStatus() == status ? status : null);
    }

    @Test
    void betweenSweepsAChangeInTheClusterCountsAtOnceAndTheScriptsHaveTheLastWord() throws Exception {
        cluster.put(deployment("orange-button", "web", "shop:v1", 2, 2));
        Staging staging = connected(HealthMode.BETWEEN_CHECKS);
        int checks = swept.checks("orange-button");

        cluster.put(deployment("orange-button", "web", "shop:v1", 2, 1));
        becomes(Status.PartialAvailability);
        assertEquals("1 of 2 pods are ready.", staging.observedState().reason());
        cluster.put(deployment("orange-button", "web", "shop:v1", 2, 0));
        becomes(Status.GenericFailure);
        assertEquals(checks, swept.checks("orange-button"), "nobody has asked the scripts");

        swept.sweep("orange-button");
        assertEquals(Status.Running, staging.getStatus(), "check says that it is well");
        assertEquals(checks + 1, swept.checks("orange-button"));
        cluster.put(crashing("orange-button", "web-1", "shop:v1", 1, 1, ""));
        cluster.put(crashing("orange-button", "web-1", "shop:v1", 2, 1, ""));
        TestProject.await(
                "the news",
                () -> ClusterReconciler.getOrNull().watchedStaging(staging).workloads().pods().stream()
                                .anyMatch(pod -> pod.restarts() == 2)
                        ? true
                        : null);
        assertEquals(Status.Running, staging.getStatus(), "the same again isn’t told again");
        cluster.put(deployment("orange-button", "web", "shop:v1", 2, 2));
        cluster.delete(crashing("orange-button", "web-1", "shop:v1", 2, 1, ""));
        cluster.put(deployment("orange-button", "web", "shop:v1", 2, 1));
        becomes(Status.PartialAvailability);
    }

    /** As an autoscaler does until there is work. */
    @Test
    void betweenSweepsOnlyTheScriptsSayWhetherZeroIsRight() throws Exception {
        cluster.put(deployment("orange-button", "web", "shop:v1", 2, 2));
        Staging staging = connected(HealthMode.BETWEEN_CHECKS);
        WatchedStaging watched = ClusterReconciler.getOrNull().watchedStaging(staging);
        long before = watched.version();
        cluster.put(deployment("orange-button", "web", "shop:v1", 0, 0));
        TestProject.await(
                "the news", () -> watched.workloads().isScaledToZero() && watched.version() > before ? true : null);
        swept.sweep("orange-button");
        cluster.put(deployment("orange-button", "web", "shop:v1", 2, 1));
        becomes(Status.PartialAvailability);
        assertTrue(
                staging.observedState().history().stream()
                        .noneMatch(period -> period.status() == Status.GenericFailure),
                () -> staging.observedState().history().toString());
    }

    @Test
    void aTimetablesPodsDoNotCountWhateverLabelsTheirJobHas() throws Exception {
        cluster.put(deployment("orange-button", "web", "shop:v1", 2, 2));
        Staging staging = connected(HealthMode.BETWEEN_CHECKS);
        Job nightly = scheduled(job("nobodys", "nightly-1", "report:v1", 1, 0));
        cluster.put(nightly);
        cluster.put(of(nightly, crashing("orange-button", "nightly-1-a", "report:v1", 7, 1, "no database")));
        TestProject.await(
                "the pod",
                () -> ClusterReconciler.getOrNull()
                                .watchedStaging(staging)
                                .workloads()
                                .pods()
                                .isEmpty()
                        ? null
                        : true);
        cluster.put(deployment("orange-button", "web", "shop:v1", 2, 1));
        becomes(Status.PartialAvailability);
        assertEquals("1 of 2 pods are ready.", staging.observedState().reason());

        cluster.delete(nightly);
        cluster.delete(deployment("orange-button", "web", "shop:v1", 2, 1));
        becomes(Status.GenericFailure);
        assertEquals(
                "Nothing of it is in the cluster: its workloads were deleted, or have other labels.",
                staging.observedState().reason());
    }

    @Test
    void aDaemonSetSaysHowManyPodsThereAreToBe() throws Exception {
        DaemonSet agent = daemonSet("orange-button", "agent", "agent:v1", 2, 1);
        cluster.put(
                deployment("orange-button", "web", "shop:v1", 1, 1),
                agent,
                of(agent, pod("orange-button", "agent-1", "agent:v1", true)));
        Staging staging = connected(HealthMode.INSTEAD_OF_CHECK);
        becomes(Status.PartialAvailability);
        assertEquals("2 of 3 pods are ready.", staging.observedState().reason());
        cluster.put(about(agent, warning("e1", "", "FailedCreate", "pods \"agent-2\" is forbidden: no room", 1)));
        TestProject.await(
                "the reason",
                () -> "DaemonSet agent: Kubernetes refuses to make its pods: no room"
                                .equals(staging.observedState().reason())
                        ? true
                        : null);
        cluster.put(daemonSet("orange-button", "agent", "agent:v1", 2, 2));
        becomes(Status.Running);
    }

    /** As with a role that was given before DaemonSets were watched. */
    @Test
    void podsOfADaemonSetThatTheAccountMayNotListCountAsThemselves() throws Exception {
        cluster.api.forbidden.add("list daemonsets");
        DaemonSet agent = daemonSet("orange-button", "agent", "agent:v1", 2, 1);
        cluster.put(agent, of(agent, pod("orange-button", "agent-1", "agent:v1", false)));
        Staging staging = connected(HealthMode.INSTEAD_OF_CHECK);
        becomes(Status.GenericFailure);
        assertEquals("0 of 1 pod is ready.", staging.observedState().reason());
        cluster.put(of(agent, pod("orange-button", "agent-1", "agent:v1", true)));
        becomes(Status.Running);

        cluster.api.forbidden.clear();
        ClusterReconciler.getOrNull().probeAll();
        becomes(Status.PartialAvailability);
        assertEquals("1 of 2 pods are ready.", staging.observedState().reason());
    }

    @Test
    void altogetherTheScriptsAreNotAsked() throws Exception {
        ClusterProject.connect(jenkins, swept.demo.project, cluster, HealthMode.INSTEAD_OF_CHECK);
        swept.tell(ControlScript.CHECK, "orange-button", "exit 1");
        swept.tell(ControlScript.ARCHIVE_CHECK, "orange-button", "exit 1");
        cluster.put(
                deployment("orange-button", "web", "shop:v1", 1, 1), pod("orange-button", "web-1", "shop:v1", true));
        StagingRun created = swept.finished(swept.demo.submitTag(Kind.CREATE, "orange-button", "v1"));
        assertEquals(Result.SUCCESS, created.getResult(), created.getLog());
        Staging staging = swept.staging("orange-button");
        assertEquals(Status.Running, staging.getStatus());
        assertEquals(0, swept.checks("orange-button"));

        cluster.put(deployment("orange-button", "web", "shop:v1", 1, 0));
        cluster.put(waiting("orange-button", "web-1", "shop:v1", "ImagePullBackOff", "Back-off pulling image"));
        becomes(Status.GenericFailure);
        swept.clock.goOn(SweptProject.INTERVAL);
        swept.tickUntil("a sweep", () -> staging.lastChecked().equals(swept.clock.instant()));
        assertEquals(Status.GenericFailure, staging.getStatus());
        assertNotNull(OnDemandCheck.ask(staging));
        assertEquals(0, swept.checks("orange-button"));

        cluster.delete(pod("orange-button", "web-1", "shop:v1", true));
        cluster.put(deployment("orange-button", "web", "shop:v1", 0, 0));
        StagingRun archived = swept.finished(swept.demo.submit(Kind.ARCHIVE, "orange-button"));
        assertEquals(Result.SUCCESS, archived.getResult(), archived.getLog());
        assertEquals(Status.Archived, staging.getStatus());
        assertEquals(
                0, swept.asked(ControlScript.ARCHIVE_CHECK, "orange-button").size());
        TestProject.await(
                "it not to be watched any more",
                () -> ClusterReconciler.getOrNull().watchedStaging(staging) == null ? true : null);
        assertEquals(
                CheckResult.GENERIC_FAILURE,
                OnDemandCheck.ask(staging),
                "as check says, which is the only one to know");
        assertEquals(Status.Archived, staging.getStatus());
    }

    @Test
    void anotherImageThanTheOverrideIsAnotherVersion() throws Exception {
        ClusterProject.connect(jenkins, swept.demo.project, cluster, HealthMode.BETWEEN_CHECKS);
        cluster.put(
                deployment("orange-button", "web", "shop:v2", 1, 1), pod("orange-button", "web-1", "shop:v1", true));
        swept.finished(swept.demo.submitTag(Kind.CREATE, "orange-button", "v2"));
        becomes(Status.TagMismatch);
        Staging staging = swept.staging("orange-button");
        assertEquals(
                "It runs shop:v1, and not the version v2.",
                staging.observedState().reason());

        swept.sweep("orange-button");
        assertEquals(Status.Running, staging.getStatus());
        cluster.put(pod("orange-button", "web-1", "shop:v2", true));
        cluster.put(deployment("orange-button", "web", "shop:v2", 1, 0));
        cluster.put(
                waiting("orange-button", "web-1", "shop:v2", "ImagePullBackOff", "Back-off pulling image \"shop:v2\""),
                warning("e1", "web-1", "Failed", PULL, 3));
        becomes(Status.GenericFailure);
    }

    @Test
    void whileTheClusterDoesNotAnswerStatusesAreStaleWhereItIsAskedInstead() throws Exception {
        cluster.put(deployment("orange-button", "web", "shop:v1", 1, 1));
        Staging staging = connected(HealthMode.INSTEAD_OF_CHECK);
        swept.sweep("orange-button");
        assertFalse(staging.isStale());

        cluster.front.refuse(true);
        ClusterReconciler.getOrNull().probeAll();
        TestProject.await(
                "the loss to be known",
                () -> ClusterReconciler.getOrNull().watchedStaging(staging).error());
        swept.sweep("orange-button");
        assertTrue(staging.isStale());
        assertTrue(staging.getStaleReason().startsWith("The cluster doesn’t answer"), staging.getStaleReason());
        assertEquals(Status.Running, staging.getStatus());

        cluster.front.refuse(false);
        TestProject.await("the cluster to be back", () -> {
            ClusterReconciler.getOrNull().probeAll();
            return ClusterReconciler.getOrNull().watchedStaging(staging).error() == null ? true : null;
        });
        TestProject.await("the status to be true again, without a sweep", () -> staging.isStale() ? null : true);
    }
}
