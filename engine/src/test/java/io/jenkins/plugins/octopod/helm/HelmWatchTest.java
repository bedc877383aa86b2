package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a deployment finds in the cluster while Helm waits, beyond pods of Deployments. */
class HelmWatchTest extends AbstractHelmTest {

    private static final Map<String, String> NEXT = Map.of("image.tag", "v2");

    /** The next deployment goes on for that time, as nothing becomes of its version. */
    private void deployAndStick(Path helm, String timeout) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        cluster.controllers().stick();
        scripts.settings(shop("timeout " + timeout));
    }

    private ScriptResult late(Map<String, String> values) throws Exception {
        ScriptResult late = run(ControlScript.UPDATE, "orange", values);
        assertFalse(late.isSuccess(), late.stdout());
        return late;
    }

    private static void assertTold(String state, ScriptResult late) {
        assertTrue(late.stdout().contains("Waiting: " + state + "\n"), late.stdout() + late.stderr());
    }

    /** However seldom it was looked while Helm waited, it is looked once more then. */
    private static void assertNotReady(String state, ScriptResult late) {
        assertTrue(
                late.stderr().contains("orange isn't ready: " + state + ". Helm says: "),
                late.stdout() + late.stderr());
    }

    /** It says which right is missing. */
    @ParameterizedTest
    @MethodSource("helms")
    void whyTheClusterCantBeAskedIsTold(Path helm) throws Exception {
        deployAndStick(helm, "10s");
        cluster.forbid("services");
        assertTold(
                "the cluster can't be asked: Error from server (Forbidden): /api/v1/namespaces/stagings/services is forbidden: "
                        + "RBAC: role.rbac.authorization.k8s.io \"octopod\" not found",
                late(NEXT));
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aHookWhosePodCantStartEndsADeployment(Path helm) throws Exception {
        use(helm, "wait no");
        cluster.controllers().breakPods(HelmWaitingTest.CRASHES, List.of("orange-migration"));
        ScriptResult late = run(ControlScript.CREATE, "orange", Map.of("migration", "orange-migration"));
        String cause = "pod orange-migration-0: CrashLoopBackOff, exit code 137 (OOMKilled), restarted 4 times";
        assertFalse(late.isSuccess(), late.stdout());
        assertTold("the hook Job/orange-migration; " + cause, late);
        assertTrue(late.stderr().endsWith("orange can't become ready: " + cause + ".\n"), late.stderr());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void whyAHookHasNoPodIsTold(Path helm) throws Exception {
        use(helm, "timeout 3s");
        cluster.controllers().refusePods("orange-migration");
        ScriptResult late = run(ControlScript.CREATE, "orange", Map.of("migration", "orange-migration"));
        assertFalse(late.isSuccess(), late.stdout());
        assertNotReady("the hook Job/orange-migration: pods \"orange-migration-0\" is forbidden: exceeded quota", late);

        // Its pod was made in the end.
        cluster.controllers().refusePods();
        scripts.settings(shop());
        assertRuns(ControlScript.CREATE, "orange", Map.of("migration", "orange-migration"));
    }

    /** What the cluster has said before the deployment isn't of it. */
    @ParameterizedTest
    @MethodSource("helms")
    void whyAStatefulSetHasNoPodIsTold(Path helm) throws Exception {
        use(helm, "timeout 3s");
        cluster.controllers().refusePods("orange-database");
        ScriptResult late = run(ControlScript.CREATE, "orange", Map.of());
        assertFalse(late.isSuccess(), late.stdout());
        assertNotReady(
                "StatefulSet/orange-database: the new version is being rolled out, 0 of 1 ready; StatefulSet/orange-database: pods \"orange-database-0\" is forbidden: exceeded quota",
                late);

        cluster.controllers().stick();
        assertNotReady("Deployment/orange-web: the new version is being rolled out, 2 of 2 ready", late(NEXT));
    }

    /** Events stay for an hour. */
    @ParameterizedTest
    @MethodSource("helms")
    void aRefusalThatIsOverHidesNothing(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        scripts.settings(shop("timeout 3s"));
        cluster.controllers().refusePods("orange-database-1");
        forgetEarlierEvents();
        refuse("orange-database-0");
        Map<String, String> two = Map.of("database.replicas", "2");
        String missing = "StatefulSet/orange-database: the new version is being rolled out, 1 of 2 ready";
        assertNotReady(missing, late(two));

        Files.delete(directory.resolve("looked"));
        refuse("orange-database-1");
        assertNotReady(
                missing
                        + "; StatefulSet/orange-database: create Pod orange-database-1 in StatefulSet orange-database failed error: failed calling webhook",
                late(two));
    }

    /** Events stay for an hour: this is of a StatefulSet that has had the same name. */
    @ParameterizedTest
    @MethodSource("helms")
    void checkSaysNothingOfAnEarlierObjectOfThatName(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        cluster.controllers().refusePods("orange-database");
        cluster.controllers().stick();
        cluster.patch(
                "v1",
                "events",
                "orange-database.1",
                "{\"involvedObject\":{\"uid\":\"0b7d5e5e-0000-0000-0000-000000000000\"}}");
        assertCheck("StatefulSet/orange-database: the new version is being rolled out, 0 of 1 ready.");
    }

    /** It makes its next pod only once the one before it is ready. */
    @ParameterizedTest
    @MethodSource("helms")
    void whyAPodOfAStatefulSetDoesNotStartIsToldBeforeARefusalOfTheNextOne(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        cluster.controllers().refusePods("orange-database");
        cluster.controllers().refusePods("orange-database-1");
        cluster.patch("apps/v1", "statefulsets", "orange-database", "{\"spec\":{\"replicas\":2}}");
        String missing = "StatefulSet/orange-database: the new version is being rolled out, ";
        assertCheck(
                missing
                        + "1 of 2 ready; StatefulSet/orange-database: pods \"orange-database-0\" is forbidden: exceeded quota.");
        cluster.controllers().breakPods("orange-database");
        assertCheck(missing + "0 of 2 ready; pod orange-database-0: ImagePullBackOff.");
    }

    private void assertCheck(String reason) throws Exception {
        ScriptResult check = run(ControlScript.CHECK, "orange", Map.of());
        assertEquals(2, check.exitCode(), check.stdout());
        assertEquals(reason + "\n", check.stdout() + check.stderr());
    }

    private void refuse(String pod) {
        String uid = cluster.get("apps/v1", "statefulsets", "orange-database")
                .at("/metadata/uid")
                .asText();
        cluster.create(
                "v1",
                "events",
                """
                {"apiVersion": "v1", "kind": "Event", "metadata": {"name": "%1$s.1"}, "reason": "FailedCreate",
                 "involvedObject": {"kind": "StatefulSet", "name": "orange-database", "uid": "%2$s"},
                 "message": "create Pod %1$s in StatefulSet orange-database failed error: failed calling webhook"}
                """
                        .formatted(pod, uid));
    }

    /** Has all events be of the deployment. */
    private void forgetEarlierEvents() throws Exception {
        wrapKubectl("*lib/kubectl/events*) if [ ! -f '%1$s' ]; then : >'%1$s'; exit 0; fi ;;"
                .formatted(directory.resolve("looked")));
    }

    @ParameterizedTest
    @MethodSource("helms")
    void whatADeploymentSaysOfItsPodsIsTold(Path helm) throws Exception {
        deployAndStick(helm, "3s");
        cluster.patch(
                "apps/v1",
                "deployments",
                "orange-web",
                """
                {"status": {"readyReplicas": 1, "conditions": [
                     {"type": "ReplicaFailure", "status": "True", "message": "pods \\"orange-web-0\\" is forbidden: no"}]}}
                """);
        assertNotReady(
                "Deployment/orange-web: the new version is being rolled out, 1 of 2 ready; Deployment/orange-web: pods \"orange-web-0\" is forbidden: no",
                late(NEXT));
    }

    @ParameterizedTest
    @MethodSource("helms")
    void whatIsPendingIsTold(Path helm) throws Exception {
        deployAndStick(helm, "3s");
        cluster.patch("apps/v1", "deployments", "orange-web", "{\"status\": {\"readyReplicas\": 1}}");
        cluster.create(
                "v1",
                "services",
                """
                {"apiVersion": "v1", "kind": "Service", "spec": {"type": "LoadBalancer"},
                 "metadata": {"name": "orange-public", "labels": {"app.kubernetes.io/instance": "orange"}}}
                """);
        assertNotReady(
                "Deployment/orange-web: the new version is being rolled out, 1 of 2 ready; Service/orange-public is still pending",
                late(NEXT));
        cluster.patch(
                "v1",
                "services",
                "orange-public",
                "{\"status\": {\"loadBalancer\": {\"ingress\": [{\"ip\": \"192.0.2.1\"}]}}}");
        cluster.patch(
                "v1", "persistentvolumeclaims", "data-orange-database-0", "{\"status\": {\"phase\": \"Pending\"}}");
        assertNotReady(
                "Deployment/orange-web: the new version is being rolled out, 1 of 2 ready; PersistentVolumeClaim/data-orange-database-0 is still pending",
                late(NEXT));
    }

    /** A StatefulSet makes no pod of the next version before. */
    @ParameterizedTest
    @MethodSource("helms")
    void aPodOfAnEarlierVersionThatCantStartIsReplaced(Path helm) throws Exception {
        deployAndStick(helm, "10s");
        breakDatabase();
        ScriptResult late = late(NEXT);
        String told = "Deleting pod orange-database-0 of an earlier version, which can't start\n";
        assertTrue(late.stdout().contains(told), late.stdout());
        assertEquals(late.stdout().indexOf(told), late.stdout().lastIndexOf(told), late.stdout());
        assertEquals(List.of("orange-web-0", "orange-web-1"), cluster.names("v1", "pods"));
    }

    /** Somebody else is to say then when a pod gets the next version. */
    @ParameterizedTest
    @MethodSource("helms")
    void aPodThatIsToStayIsLeftAlone(Path helm) throws Exception {
        deployAndStick(helm, "10s");
        breakDatabase();
        for (String strategy : List.of(
                "{\"type\": \"OnDelete\"}", "{\"type\": \"RollingUpdate\", \"rollingUpdate\": {\"partition\": 1}}")) {
            cluster.patch(
                    "apps/v1", "statefulsets", "orange-database", "{\"spec\": {\"updateStrategy\": " + strategy + "}}");
            ScriptResult late = late(NEXT);
            // It was looked at while Helm waited.
            assertTrue(late.stdout().contains("pod orange-database-0: ImagePullBackOff\n"), late.stdout());
            assertFalse(late.stdout().contains("Deleting pod"), late.stdout());
            assertTrue(cluster.names("v1", "pods").contains("orange-database-0"), strategy);
        }
    }

    /** Its pod has the version before, and no image. */
    private void breakDatabase() {
        cluster.patch("apps/v1", "statefulsets", "orange-database", "{\"status\": {\"updateRevision\": \"next\"}}");
        cluster.patch(
                "v1",
                "pods",
                "orange-database-0",
                """
                {"metadata": {"labels": {"controller-revision-hash": "first"},
                              "ownerReferences": [{"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "orange-database"}]},
                 "status": {"containerStatuses": [{"state": {"waiting": {"reason": "ImagePullBackOff"}}}]}}
                """);
    }

    /** That the cluster can't talk to somebody else is no loss of the cluster. */
    @ParameterizedTest
    @MethodSource("helms")
    void aWebhookThatIsAwayFailsTheDeployment(Path helm) throws Exception {
        use(helm);
        wrapHelm(
                helm,
                """
                *--dry-run=server*) ;;
                'upgrade --install '*)
                    echo 'Error: failed calling webhook "policy": Post "https://10.0.0.2/x": dial tcp 10.0.0.2:443: connect: connection refused' >&2
                    exit 1
                    ;;
                """);
        ScriptResult failed = run(ControlScript.CREATE, "orange", Map.of());
        assertFails(failed, "failed calling webhook");
        assertFalse(failed.stderr().contains("stopped answering"), failed.stderr());
    }
}
