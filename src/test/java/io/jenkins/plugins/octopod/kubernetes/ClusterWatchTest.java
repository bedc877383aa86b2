package io.jenkins.plugins.octopod.kubernetes;

import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.deployment;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.pod;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.warning;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.cluster.StagingWorkloads;
import io.jenkins.plugins.octopod.fixtures.ClusterProject;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestCluster;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.kubernetes.status.ClusterReconciler;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.kubernetes.watch.ObjectTrimmer;
import io.jenkins.plugins.octopod.kubernetes.watch.WatchedStaging;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;

/** What is known of a cluster, whatever happens on the way to it. */
@WithSharedJenkins
class ClusterWatchTest {

    private static final Set<String> KINDS =
            Set.of("deployments", "statefulsets", "daemonsets", "jobs", "pods", "events");

    @TempDir
    private Path directory;

    @TempDir
    private Path scripts;

    private JenkinsRule jenkins;
    private TestCluster cluster;
    private TestProject project;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        cluster = TestCluster.start(directory);
        project = TestProject.withScripts(
                rule,
                new ScriptDirectory(scripts).with(ControlScript.CHECK, "exit 0").path());
        project.connectAgent("agent");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private Staging create(String name) throws Exception {
        return project.finished(project.submit(Kind.CREATE, name)).getParent();
    }

    private void connect() throws Exception {
        ClusterProject.connect(jenkins, project.project, cluster, HealthMode.OFF);
    }

    private static WatchedStaging known(Staging staging) throws Exception {
        return TestProject.await("the cluster of " + staging.getName() + " to be known", () -> {
            WatchedStaging watchedStaging = ClusterReconciler.getOrNull().watchedStaging(staging);
            return watchedStaging != null && watchedStaging.watch().isKnown() ? watchedStaging : null;
        });
    }

    private static StagingWorkloads sees(Staging staging, Predicate<StagingWorkloads> what) throws Exception {
        return TestProject.await("the news of " + staging.getName(), () -> {
            WatchedStaging watchedStaging = ClusterReconciler.getOrNull().watchedStaging(staging);
            StagingWorkloads now = watchedStaging == null ? StagingWorkloads.NONE : watchedStaging.workloads();
            return what.test(now) ? now : null;
        });
    }

    private Map<String, Integer> watches() {
        Map<String, Integer> counts = new TreeMap<>();
        cluster.api.watches.forEach((kind, count) -> counts.put(kind, count.get()));
        return counts;
    }

    private static Map<String, Integer> each(int count) {
        Map<String, Integer> counts = new TreeMap<>();
        KINDS.forEach(kind -> counts.put(kind, count));
        return counts;
    }

    private void awaitConnections(int clients) throws Exception {
        TestProject.await(
                clients + " clients", () -> ClusterReconciler.getOrNull().connections() == clients ? true : null);
    }

    @Test
    void stagingsAndProjectsShareOneClientAndOneWatchOfEachKind() throws Exception {
        cluster.put(deployment("orange-button", "web", "shop:v1", 1, 1));
        Staging orange = create("orange-button");
        Staging dark = create("dark-mode");
        connect();
        WatchedStaging watchedStaging = known(orange);
        assertEquals(1, watchedStaging.workloads().workloads().size());
        assertTrue(known(dark).workloads().workloads().isEmpty());
        assertTrue(TestCredentials.isNoted(project.project, ClusterProject.CREDENTIALS));

        OctopodProject other = new OctopodProject(jenkins.jenkins, "other");
        jenkins.jenkins.add(other, "other");
        other.onCreatedFromScratch();
        other.setNamespace(TestCluster.NAMESPACE);
        ClusterProject.set(other, ClusterProject.property(cluster, HealthMode.OFF));
        Staging late = create("late");
        known(late);
        assertEquals(1, ClusterReconciler.getOrNull().connections());
        assertEquals(each(1), watches());
        cluster.put(deployment("late", "late-web", "shop:v1", 1, 1));
        sees(late, now -> now.workloads().size() == 1);
        assertEquals(1, watchedStaging.workloads().workloads().size());

        ClusterProperty elsewhere = ClusterProject.property(cluster, HealthMode.OFF);
        elsewhere.setNamespace("${project}-${name}");
        ClusterProject.set(project.project, elsewhere);
        TestProject.await("a namespace for each", () -> watches().equals(each(4)) ? true : null);
        assertEquals(1, ClusterReconciler.getOrNull().connections());
        assertEquals("demo-late", known(late).watch().namespace());
    }

    @Test
    void whatHappensWhileTheConnectionIsCutIsSeenAfterwards() throws Exception {
        cluster.put(pod("orange-button", "web-1", "shop:v1", true), pod("orange-button", "web-2", "shop:v1", true));
        Staging staging = create("orange-button");
        connect();
        known(staging);
        sees(staging, now -> now.pods().size() == 2);

        cluster.front.cut();
        cluster.put(pod("orange-button", "web-2", "shop:v2", true), pod("orange-button", "web-3", "shop:v2", true));
        sees(
                staging,
                now -> now.pods().size() == 3 && now.pods().get(1).images().equals(List.of("shop:v2")));

        // A watch alone would never tell of what is gone by then.
        int lists = cluster.api.lists.get("pods").get();
        cluster.front.refuse(true);
        cluster.delete(pod("orange-button", "web-1", "shop:v1", true));
        cluster.api.gone.addAll(KINDS);
        cluster.front.refuse(false);
        StagingWorkloads after = sees(staging, now -> now.pods().size() == 2);
        assertEquals("web-2", after.pods().get(0).name());
        assertTrue(cluster.api.lists.get("pods").get() > lists, "all was listed again");
        cluster.put(pod("orange-button", "web-4", "shop:v2", true));
        sees(staging, now -> now.pods().size() == 3);
        TestProject.await(
                "the end of trouble",
                () -> ClusterReconciler.getOrNull().watchedStaging(staging).error() == null ? true : null);
    }

    @Test
    void credentialsThatAreOthersAreUsedAndOldClientsClosed() throws Exception {
        Staging staging = create("orange-button");
        connect();
        WatchedStaging before = known(staging);

        cluster.api.token = "second-token";
        cluster.front.cut();
        ClusterReconciler.getOrNull().probeAll();
        assertEquals(
                "The cluster doesn’t accept the credentials: they might be wrong or expired.",
                TestProject.await("the refusal", before::error));
        ClusterProject.giveToken(jenkins, cluster);
        cluster.put(pod("orange-button", "web-1", "shop:v1", true));
        sees(staging, now -> now.pods().size() == 1);
        TestProject.await(
                "the end of trouble",
                () -> ClusterReconciler.getOrNull().watchedStaging(staging).error() == null ? true : null);
        assertEquals(1, ClusterReconciler.getOrNull().connections());
    }

    @Test
    void aTokenThatHasEndedIsNamedAsTheReason() throws Exception {
        ClusterProject.giveToken(jenkins, cluster, Instant.parse("2020-01-01T12:00:00Z"));
        Staging staging = create("orange-button");
        connect();
        WatchedStaging watchedStaging = known(staging);
        // An API server goes on with a watch that it has, and refuses each new request.
        cluster.api.token = "another";
        assertEquals(
                "The cluster doesn’t accept the credentials: their token was valid until 2020-01-01 12:00 UTC."
                        + " Replace the token in Jenkins’ credentials.",
                trouble(watchedStaging));
        ClusterProject.giveToken(jenkins, cluster);
        TestProject.await(
                "the end of trouble",
                () -> ClusterReconciler.getOrNull().watchedStaging(staging).error() == null ? true : null);
    }

    @Test
    void nothingIsLeftOpenThatNobodyNeeds() throws Exception {
        Staging staging = create("orange-button");
        connect();
        known(staging);
        assertTrue(cluster.front.connections() > 0);
        ClusterProject.set(project.project, null);
        awaitConnections(0);
        TestProject.await("the connections to be closed", () -> cluster.front.connections() == 0 ? true : null);

        connect();
        known(staging);
        project.finished(project.submit(Kind.ARCHIVE, "orange-button"));
        TestProject.await(
                "what is archived to be left alone",
                () -> ClusterReconciler.getOrNull().watchedStaging(staging) == null ? true : null);
        project.project.delete();
        awaitConnections(0);
        TestProject.await("the connections to be closed", () -> cluster.front.connections() == 0 ? true : null);
    }

    @Test
    void whatTheAccountMayNotIsSaid() throws Exception {
        cluster.api.forbidden.add("list statefulsets");
        cluster.api.forbidden.add("list events");
        cluster.put(pod("orange-button", "web-1", "shop:v1", true));
        Staging staging = create("orange-button");
        LogRecorder log = new LogRecorder()
                .record(Logger.getLogger("io.fabric8"), Level.WARNING)
                .capture(100);
        connect();
        WatchedStaging watchedStaging = TestProject.await(
                "a watched staging", () -> ClusterReconciler.getOrNull().watchedStaging(staging));
        assertEquals(
                "The account may not list and watch statefulsets in the namespace: give it a role that may.",
                TestProject.await("the refusal", watchedStaging::error));
        TestProject.await("the other refusal", () -> watchedStaging.watch().warningsError());
        // Whoever reads Jenkins’ log learns it from a line.
        TestProject.await("two lines", () -> log.getRecords().size() >= 2 ? log : null);
        log.getRecords().forEach(line -> {
            assertNull(line.getThrown(), line.getMessage());
            assertTrue(line.getMessage().endsWith("The cluster refuses to answer (HTTP 403)."), line.getMessage());
        });
        log.close();
        // Both aren’t tried again and again, which would fill Jenkins’ log: only when the connection begins, and twice
        // a minute.
        int denied = cluster.api.denied.get();
        Thread.sleep(10_000);
        assertTrue(cluster.api.denied.get() <= denied + 4, "asked " + (cluster.api.denied.get() - denied) + " times");
        cluster.api.forbidden.clear();
        ClusterReconciler.getOrNull().probeAll();
        known(staging);
        cluster.put(warning("e1", "web-1", "Odd", "something", 1));
        sees(staging, now -> now.warnings().size() == 1);
        TestProject.await(
                "the end of trouble",
                () -> watchedStaging.error() == null && watchedStaging.watch().warningsError() == null ? true : null);
    }

    /** The client itself goes on trying then, and says nothing. */
    @Test
    void aClusterThatRefusesFromNowOnIsTrouble() throws Exception {
        Staging staging = create("orange-button");
        connect();
        WatchedStaging watchedStaging = known(staging);
        TestProject.await("the watch", () -> watches().equals(each(1)) ? true : null);
        cluster.api.forbidden.add("list pods");
        assertEquals(
                "The account may not list and watch pods in the namespace: give it a role that may.",
                trouble(watchedStaging));
        cluster.api.forbidden.clear();
        noTrouble(watchedStaging);

        // As a load balancer answers whose cluster is away.
        cluster.api.instead = 503;
        assertEquals("The cluster refuses to answer (HTTP 503).", trouble(watchedStaging));
        cluster.api.instead = 0;
        noTrouble(watchedStaging);
    }

    private static String trouble(WatchedStaging watchedStaging) throws Exception {
        return TestProject.await("trouble", () -> {
            ClusterReconciler.getOrNull().probeAll();
            return watchedStaging.error();
        });
    }

    private static void noTrouble(WatchedStaging watchedStaging) throws Exception {
        TestProject.await("the end of trouble", () -> {
            ClusterReconciler.getOrNull().probeAll();
            return watchedStaging.error() == null ? true : null;
        });
    }

    @Test
    void credentialsThatCantBeReadConcernTheirOwnProjectOnly() throws Exception {
        Staging staging = create("orange-button");
        connect();
        known(staging);
        OctopodProject other = new OctopodProject(jenkins.jenkins, "other");
        jenkins.jenkins.add(other, "other");
        other.onCreatedFromScratch();
        TestCredentials.in(other).unavailable("sealed", "the vault is sealed");
        ClusterProperty property = ClusterProject.property(cluster, HealthMode.OFF);
        property.setCredentialsId("sealed");
        ClusterProject.set(other, property);
        Staging late = create("late");
        known(late);
        cluster.put(deployment("late", "late-web", "shop:v1", 1, 1));
        sees(late, now -> now.workloads().size() == 1);
    }

    @Test
    void fiveThousandPodsAreOneWatchAndASmallPartOfWhatIsSaidOfThem() throws Exception {
        List<Pod> pods = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            pods.add(pod("staging-" + i % 50, "web-" + i, "shop:v1", true));
        }
        cluster.api.load("/api/v1/namespaces/" + TestCluster.NAMESPACE + "/pods", pods);
        Staging first = create("staging-1");
        Staging second = create("staging-2");
        connect();
        known(first);
        assertEquals(100, sees(first, now -> now.pods().size() == 100).pods().size());
        assertEquals(
                100,
                ClusterReconciler.getOrNull()
                        .watchedStaging(second)
                        .workloads()
                        .pods()
                        .size());
        TestProject.await("a watch of each kind", () -> watches().equals(each(1)) ? true : null);
        assertEquals(1, cluster.api.lists.get("pods").get());
        Pod kept = ObjectTrimmer.pod(pods.get(0));
        assertTrue(kept.getSpec().getContainers().get(0).getEnv().isEmpty());

        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            ClusterReconciler.getOrNull().watchedStaging(first).workloads();
        }
        Duration each = Duration.ofNanos((System.nanoTime() - start) / 100);
        assertTrue(each.toMillis() < 100, () -> "looking at one of 50 stagings takes " + each);
    }
}
