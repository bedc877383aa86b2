package io.jenkins.plugins.octopod.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.octopod.engine.cluster.ClusterWarning;
import io.jenkins.plugins.octopod.engine.cluster.ContainerSnapshot;
import io.jenkins.plugins.octopod.engine.cluster.ContainerTermination;
import io.jenkins.plugins.octopod.engine.cluster.PodSnapshot;
import io.jenkins.plugins.octopod.engine.cluster.Resources;
import io.jenkins.plugins.octopod.engine.cluster.WorkloadSnapshot;
import io.jenkins.plugins.octopod.engine.cluster.WorkloadSnapshot.Kind;
import io.jenkins.plugins.octopod.kubernetes.watch.ObjectTrimmer;
import io.jenkins.plugins.octopod.kubernetes.watch.WorkloadMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of objects as kubectl prints them, with no more of them than is kept. */
class WorkloadMapperTest {

    private static final String NAMED = """
            metadata:
              name: web
              generation: 3
            """;

    private static final String TEMPLATE = """
              template:
                metadata:
                  labels: {app: web}
                spec:
                  containers:
                  - {name: app, image: "shop:v7", env: [{name: LANG, value: C}]}
                  - {name: bare}
            """;

    private static <T extends HasMetadata> T read(Class<T> type, String... yaml) {
        return Serialization.unmarshal(String.join("", yaml), type);
    }

    private static WorkloadSnapshot deployment(String... yaml) {
        return WorkloadMapper.of(ObjectTrimmer.deployment(read(Deployment.class, yaml)));
    }

    private static WorkloadSnapshot set(String... yaml) {
        return WorkloadMapper.of(ObjectTrimmer.statefulSet(read(StatefulSet.class, yaml)));
    }

    private static WorkloadSnapshot job(String... yaml) {
        return WorkloadMapper.of(ObjectTrimmer.job(read(Job.class, yaml)));
    }

    private static PodSnapshot pod(String... yaml) {
        return WorkloadMapper.of(ObjectTrimmer.pod(read(Pod.class, yaml)));
    }

    private static ClusterWarning event(String... yaml) {
        return WorkloadMapper.of(ObjectTrimmer.event(read(Event.class, yaml)));
    }

    private static WorkloadSnapshot workload(Kind kind, int desired, int ready, boolean rolledOut, String error) {
        return WorkloadSnapshot.builder(kind, "web")
                .desired(desired)
                .ready(ready)
                .rolledOut(rolledOut)
                .trouble(error)
                .build();
    }

    @Test
    void deployments() {
        assertEquals(
                WorkloadSnapshot.builder(Kind.DEPLOYMENT, "web")
                        .desired(2)
                        .ready(1)
                        .rolledOut(true)
                        .images(List.of("shop:v7", ""))
                        .build(),
                deployment(
                        NAMED,
                        "spec:\n  replicas: 2\n",
                        TEMPLATE,
                        "status: {observedGeneration: 3, replicas: 2, updatedReplicas: 2, readyReplicas: 1}"));
        for (String unfinished : new String[] {
            "{observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 2}",
            "{observedGeneration: 3, replicas: 2, updatedReplicas: 1, readyReplicas: 2}",
            "{observedGeneration: 3, replicas: 3, updatedReplicas: 2, readyReplicas: 2}",
            "{replicas: 2, updatedReplicas: 2, readyReplicas: 2}"
        }) {
            assertEquals(
                    workload(Kind.DEPLOYMENT, 2, 2, false, null),
                    deployment(NAMED, "spec: {replicas: 2}\n", "status: ", unfinished),
                    unfinished);
        }
        assertEquals(workload(Kind.DEPLOYMENT, 1, 0, false, null), deployment(NAMED));
    }

    @Test
    void deploymentsThatDoNotGetOn() {
        assertEquals(
                workload(Kind.DEPLOYMENT, 1, 0, false, "pods \"web-1\" is forbidden: exceeded quota: staging"),
                deployment(NAMED, """
                        status:
                          conditions:
                          - {type: Available, status: "False", reason: MinimumReplicasUnavailable, message: none}
                          - {type: Progressing, status: "True", reason: NewReplicaSetCreated, message: it gets on}
                          - type: ReplicaFailure
                            status: "True"
                            reason: FailedCreate
                            message: "pods \\"web-1\\" is forbidden: exceeded quota: staging"
                        """));
        assertEquals("ProgressDeadlineExceeded", deployment(NAMED, """
                        status:
                          conditions:
                          - {type: ReplicaFailure, status: "False", reason: FailedCreate}
                          - {type: Progressing, status: "False", reason: ProgressDeadlineExceeded}
                        """).trouble());
    }

    @Test
    void statefulSets() {
        assertEquals(
                WorkloadSnapshot.builder(Kind.STATEFUL_SET, "web")
                        .desired(3)
                        .ready(2)
                        .rolledOut(true)
                        .images(List.of("shop:v7", ""))
                        .build(),
                set(
                        NAMED,
                        "spec:\n  replicas: 3\n",
                        TEMPLATE,
                        "status: {observedGeneration: 3, readyReplicas: 2, currentRevision: a, updateRevision: a}"));
        // Where all are new, the present revision becomes the new one only when the controller looks again.
        assertEquals(
                workload(Kind.STATEFUL_SET, 1, 1, true, null),
                set(
                        NAMED,
                        "status: {observedGeneration: 3, readyReplicas: 1, updatedReplicas: 1, currentRevision: a,"
                                + " updateRevision: b}"));
        assertEquals(
                workload(Kind.STATEFUL_SET, 2, 2, false, null),
                set(
                        NAMED,
                        "spec: {replicas: 2}\n",
                        "status: {observedGeneration: 3, readyReplicas: 2, updatedReplicas: 1, currentRevision: a,"
                                + " updateRevision: b}"));
        assertEquals(
                workload(Kind.STATEFUL_SET, 0, 1, false, null),
                set(NAMED, "spec: {replicas: 0}\n", "status: {observedGeneration: 2, readyReplicas: 1}"));
        assertEquals(workload(Kind.STATEFUL_SET, 1, 0, false, null), set(NAMED));
        assertEquals(
                workload(Kind.PARALLEL_STATEFUL_SET, 2, 0, false, null),
                set(NAMED, "spec: {replicas: 2, podManagementPolicy: Parallel}\n"));
    }

    @Test
    void jobs() {
        assertEquals(
                WorkloadSnapshot.builder(Kind.JOB, "web")
                        .desired(3)
                        .ready(2)
                        .rolledOut(true)
                        .images(List.of("shop:v7", ""))
                        .build(),
                job(NAMED, "spec:\n  completions: 3\n", TEMPLATE, "status: {succeeded: 2, active: 1}"));
        assertEquals(workload(Kind.JOB, 1, 0, true, null), job(NAMED, "spec: {parallelism: 4}"));
        assertEquals(workload(Kind.JOB, 0, 0, true, null), job(NAMED, "spec: {suspend: true, completions: 3}"));
        assertEquals(workload(Kind.JOB, 0, 0, true, null), job(NAMED));
        assertEquals(
                workload(Kind.JOB, 1, 0, true, "Job has reached the specified backoff limit"),
                job(NAMED, "spec: {completions: 1}\n", """
                        status:
                          conditions:
                          - {type: FailureTarget, status: "True", reason: BackoffLimitExceeded}
                          - type: Failed
                            status: "True"
                            reason: BackoffLimitExceeded
                            message: Job has reached the specified backoff limit
                        """));
        assertEquals(workload(Kind.JOB, 1, 1, true, null), job(NAMED, "spec: {completions: 1}\n", """
                        status:
                          succeeded: 1
                          conditions:
                          - {type: Failed, status: "False", reason: DeadlineExceeded}
                          - {type: Complete, status: "True"}
                        """));
    }

    @Test
    void jobsOfATimetable() {
        String owned =
                "metadata: {name: web, ownerReferences: [{apiVersion: %s, kind: %s, name: a, controller: true}]}";
        assertTrue(job(owned.formatted("batch/v1", "CronJob")).scheduled());
        assertFalse(job(owned.formatted("keda.sh/v1alpha1", "ScaledJob")).scheduled());
        assertEquals(Optional.of("a"), WorkloadMapper.jobOf(read(Pod.class, owned.formatted("batch/v1", "Job"))));
        assertEquals(
                Optional.empty(), WorkloadMapper.jobOf(read(Pod.class, owned.formatted("batch.volcano.sh/v1", "Job"))));
        assertEquals(Optional.empty(), WorkloadMapper.jobOf(read(Pod.class, owned.formatted("apps/v1", "ReplicaSet"))));
    }

    @Test
    void podsWithContainersThatBeginBeforeOthers() {
        PodSnapshot pod = pod("""
                metadata:
                  name: web-6f7-x2x7q
                  creationTimestamp: "2026-01-01T12:00:00Z"
                  ownerReferences:
                  - {apiVersion: example.com/v1, kind: Shop, name: orange}
                  - {apiVersion: apps/v1, kind: ReplicaSet, name: web-6f7, controller: true}
                spec:
                  nodeName: node-1
                  initContainers:
                  - {name: migrate, image: "migrate:v7", resources: {requests: {cpu: "4"}}}
                  containers:
                  - {name: app, image: "shop:v7", resources: {requests: {cpu: 250m, memory: 128Mi}}}
                  - {name: proxy, image: proxy, resources: {requests: {cpu: "1"}, limits: {memory: 1Gi}}}
                  - {name: late, image: late}
                status:
                  phase: Pending
                  conditions:
                  - {type: Ready, status: "False"}
                  initContainerStatuses:
                  - name: migrate
                    restartCount: 4
                    state: {waiting: {reason: CrashLoopBackOff, message: back-off 40s}}
                    lastState: {terminated: {reason: OOMKilled, exitCode: 137}}
                  containerStatuses:
                  - name: proxy
                    ready: true
                    restartCount: 1
                    state: {running: {startedAt: "2026-01-01T12:00:00Z"}}
                    lastState: {terminated: {exitCode: 1, message: no database}}
                  - name: app
                    state: {waiting: {reason: PodInitializing}}
                """);
        assertEquals(
                PodSnapshot.builder("web-6f7-x2x7q")
                        .phase("Pending")
                        .node("node-1")
                        .since(Instant.parse("2026-01-01T12:00:00Z"))
                        .owner("Deployment web")
                        .requests(new Resources(1250, 128L << 20))
                        .containers(List.of(
                                ContainerSnapshot.builder("migrate")
                                        .image("migrate:v7")
                                        .initContainer(true)
                                        .restarts(4)
                                        .waiting("CrashLoopBackOff")
                                        .message("back-off 40s")
                                        .ended(new ContainerTermination("OOMKilled", 137, ""))
                                        .build(),
                                ContainerSnapshot.builder("app")
                                        .image("shop:v7")
                                        .waiting("PodInitializing")
                                        .build(),
                                ContainerSnapshot.builder("proxy")
                                        .image("proxy")
                                        .ready(true)
                                        .restarts(1)
                                        .ended(new ContainerTermination("", 1, "no database"))
                                        .build(),
                                ContainerSnapshot.builder("late").image("late").build()))
                        .build(),
                pod);
        assertEquals(List.of("shop:v7", "proxy", "late"), pod.images());
    }

    @Test
    void podsThatNoNodeTakesOrThatHaveFailed() {
        String scheduled = """
                status:
                  phase: Pending
                  conditions:
                  - {type: PodScheduled, status: "%s", reason: %s, message: "%s"}
                """;
        assertEquals(
                "0/3 nodes are available",
                pod(NAMED, scheduled.formatted("False", "Unschedulable", "0/3 nodes are available"))
                        .unschedulable());
        assertEquals(
                "Unschedulable",
                pod(NAMED, scheduled.formatted("False", "Unschedulable", " ")).unschedulable());
        assertEquals(
                null,
                pod(NAMED, scheduled.formatted("False", "SchedulingGated", "not yet"))
                        .unschedulable());
        assertEquals(
                null,
                pod(NAMED, scheduled.formatted("True", "Unschedulable", "")).unschedulable());
        PodSnapshot evicted = pod(NAMED, "status: {phase: Failed, reason: Evicted}");
        assertEquals("Evicted", evicted.displayStatus());
        assertFalse(evicted.isAlive());
        assertTrue(pod("metadata: {name: web, deletionTimestamp: \"2026-01-01T12:00:00Z\"}\n")
                .deleting());
        assertEquals(PodSnapshot.builder("web").build(), pod(NAMED));
    }

    @Test
    void podsAreOfWhatWouldMakeAnother() {
        String owned = "metadata: {name: p, ownerReferences: [{apiVersion: v1, kind: %s, name: %s, controller: %s}]}";
        assertEquals(
                "StatefulSet db",
                pod(owned.formatted("StatefulSet", "db", true)).owner());
        assertEquals("Job migrate", pod(owned.formatted("Job", "migrate", true)).owner());
        assertEquals(
                "Deployment web-api",
                pod(owned.formatted("ReplicaSet", "web-api-6f7", true)).owner());
        assertEquals(
                "Deployment ", pod(owned.formatted("ReplicaSet", "alone", true)).owner());
        assertEquals(null, pod(owned.formatted("Shop", "orange", false)).owner());
        // What it is called in the table is what it is found by.
        assertEquals(
                set("metadata: {name: db}").title(),
                pod(owned.formatted("StatefulSet", "db", true)).owner());
    }

    @Test
    void eventsThatAreOneOfASeries() {
        String pulling = """
                metadata: {name: e1, creationTimestamp: "2026-01-01T08:00:00Z"}
                involvedObject: {kind: Pod, name: web-1}
                type: Warning
                reason: Failed
                message: no such image
                """;
        assertEquals(
                new ClusterWarning(
                        "Pod", "web-1", "Failed", "no such image", 9, Instant.parse("2026-01-01T12:00:00.123456Z")),
                event(
                        pulling,
                        "count: 1\nfirstTimestamp: \"2026-01-01T09:00:00Z\"\nlastTimestamp: \"2026-01-01T10:00:00Z\"\n",
                        "series: {count: 9, lastObservedTime: \"2026-01-01T12:00:00.123456Z\"}"));
        ClusterWarning legacy = event(
                pulling,
                "count: 4\nlastTimestamp: \"2026-01-01T10:00:00Z\"\neventTime: \"2026-01-01T09:00:00.000000Z\"\n");
        assertEquals(4, legacy.count());
        assertEquals(Instant.parse("2026-01-01T10:00:00Z"), legacy.last());
        ClusterWarning once = event(pulling, "eventTime: \"2026-01-01T09:00:00.000000Z\"\nlastTimestamp: null\n");
        assertEquals(1, once.count());
        assertEquals(Instant.parse("2026-01-01T09:00:00Z"), once.last());
        assertEquals(
                Instant.parse("2026-01-01T08:00:00Z"),
                event(pulling, "series: {count: 2}").last());
        assertEquals(Instant.EPOCH, event(pulling, "lastTimestamp: yesterday").last());
        assertEquals(
                new ClusterWarning("", "", "", "", 1, Instant.EPOCH),
                event("metadata: {name: e1}\ninvolvedObject: {}\n"));
    }

    @Test
    void amountsHoweverTheyAreWritten() {
        assertAmount(250, "250m", 128L << 20, "128Mi");
        assertAmount(1500, "1.5", 1_500_000_000, "1500M");
        assertAmount(2000, "2", 2000, "2e3");
        assertAmount(3, "3999999n", 0, "1m");
        assertEquals(
                Resources.NONE,
                WorkloadMapper.of(Map.of("cpu", new Quantity("1", "apples"), "memory", new Quantity(null, "Mi"))));
        assertEquals(Resources.NONE, WorkloadMapper.of((Map<String, Quantity>) null));
        assertEquals(Resources.NONE, WorkloadMapper.of(Map.of("nvidia.com/gpu", new Quantity("1"))));
    }

    private static void assertAmount(long cpuMillis, String cpu, long memoryBytes, String memory) {
        assertEquals(
                new Resources(cpuMillis, memoryBytes),
                WorkloadMapper.of(Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory))),
                cpu + ", " + memory);
    }
}
