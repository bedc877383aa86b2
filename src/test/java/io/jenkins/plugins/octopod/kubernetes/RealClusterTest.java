package io.jenkins.plugins.octopod.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ClusterProject;
import io.jenkins.plugins.octopod.fixtures.RealCluster;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.kubernetes.status.ClusterReconciler;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.kubernetes.watch.WatchedStaging;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.LogRecorder;

/** Statuses that follow a real cluster, whatever becomes of the connection, the account and the namespace. */
@Tag("cluster")
@WithSharedJenkins
class RealClusterTest extends RealClusterProject {

    @Test
    void theStatusFollowsTheCluster() throws Exception {
        cluster.deploy(deployment("web", 2, IMAGE));
        Staging staging = connected();
        becomes(Status.Running);

        cluster.put(deployment("worker", 1, MISSING));
        becomes(Status.PartialAvailability);
        TestProject.await(
                "the cause instead of " + staging.observedState().reason(),
                () -> staging.observedState().reason().contains(MISSING) ? true : null);
        cluster.delete(deployment("worker", 1, MISSING));
        becomes(Status.Running);

        cluster.delete(deployment("web", 2, IMAGE));
        becomes(
                Status.GenericFailure,
                "Nothing of it is in the cluster: its workloads were deleted, or have other labels.");
    }

    @Test
    void aNamespaceIsDeletedAndMadeAgain() throws Exception {
        cluster.deploy(deployment("web", 2, IMAGE));
        Staging staging = connected();
        becomes(Status.Running);

        cluster.deleteNamespace();
        becomes(Status.GenericFailure);
        ClusterReconciler.getOrNull().probeAll();
        cluster.createNamespace();
        cluster.deploy(deployment("web", 2, IMAGE));
        TestProject.await(
                "the status to be true", () -> SweptProject.isConfirmed(staging, Status.Running) ? true : null);
    }

    @Test
    void aRoleIsTakenAndGivenBack() throws Exception {
        cluster.deploy(deployment("web", 1, IMAGE));
        Staging staging = connected();
        becomes(Status.Running);

        cluster.deny();
        // A watch that just begins may be refused before the pods are asked for.
        String trouble = trouble(staging);
        assertTrue(
                trouble.matches("The account may not list and watch \\w+ in the namespace: give it a role that may\\."),
                trouble);
        swept.sweep(NAME);
        assertTrue(staging.isStale());
        assertEquals(Status.Running, staging.getStatus());

        cluster.deploy(deployment("web", 2, IMAGE));
        cluster.allow();
        noTrouble(staging);
        TestProject.await("the status to be true again, without a sweep", () -> staging.isStale() ? null : true);
        cluster.delete(deployment("web", 2, IMAGE));
        becomes(Status.GenericFailure);
    }

    @Test
    void aTokenIsRefusedAndReplaced() throws Exception {
        cluster.deploy(deployment("web", 1, IMAGE));
        Staging staging = connected();
        becomes(Status.Running);

        cluster.revokeTokens();
        assertEquals("The cluster doesn’t accept the credentials: they might be wrong or expired.", trouble(staging));
        ClusterProject.giveToken(jenkins, cluster.token());
        noTrouble(staging);
        cluster.delete(deployment("web", 1, IMAGE));
        becomes(Status.GenericFailure);
        assertEquals(1, ClusterReconciler.getOrNull().connections());
    }

    @Test
    void whatHappensWhileTheConnectionIsCutIsSeenAfterwards() throws Exception {
        cluster.deploy(deployment("web", 2, IMAGE));
        Staging staging = connected();
        becomes(Status.Running);

        cluster.relay().refuse(true);
        cluster.delete(deployment("web", 2, IMAGE));
        String trouble = trouble(staging);
        assertTrue(trouble.startsWith("The cluster doesn’t answer"), trouble);
        assertEquals(Status.Running, staging.getStatus());
        cluster.relay().refuse(false);
        becomes(Status.GenericFailure);
        noTrouble(staging);
    }

    @Test
    void whatTheAccountMayNotIsSaidInALine() throws Exception {
        cluster.allow(RealCluster.documentedRules().stream()
                .filter(rule -> !rule.getResources().contains("events")
                        && !rule.getResources().contains("jobs"))
                .toList());
        cluster.deploy(deployment("web", 1, IMAGE));
        swept.create(NAME);
        Staging staging = swept.staging(NAME);
        try (LogRecorder log = new LogRecorder()
                .record(Logger.getLogger("io.fabric8"), Level.WARNING)
                .capture(100)) {
            ClusterProject.connect(jenkins, swept.demo.project, cluster, HealthMode.INSTEAD_OF_CHECK);
            WatchedStaging watched = TestProject.await("a watched staging", () -> watched(staging));
            assertEquals(
                    "The account may not list and watch jobs in the namespace: give it a role that may.",
                    TestProject.await("the refusal", watched::error));
            TestProject.await("the other refusal", () -> watched.watch().warningsError());
            TestProject.await("two lines", () -> log.getRecords().size() >= 2 ? log : null);
            log.getRecords().forEach(line -> assertNull(line.getThrown(), line.getMessage()));
        }
        cluster.allow();
        noTrouble(staging);
    }

    /** Such a list is answered, and only the watch is refused. */
    @Test
    void anAccountThatMayListAndNotWatchIsTrouble() throws Exception {
        cluster.allow(RealCluster.documentedRules().stream()
                .map(rule -> rule.getResources().contains("pods")
                        ? new PolicyRuleBuilder(rule).withVerbs("list").build()
                        : rule)
                .toList());
        cluster.deploy(deployment("web", 1, IMAGE));
        swept.create(NAME);
        ClusterProject.connect(jenkins, swept.demo.project, cluster, HealthMode.INSTEAD_OF_CHECK);
        Staging staging = swept.staging(NAME);
        TestProject.await("a watched staging", () -> watched(staging));
        assertEquals(
                "The account may not list and watch pods in the namespace: give it a role that may.", trouble(staging));
        cluster.allow();
        noTrouble(staging);
    }
}
