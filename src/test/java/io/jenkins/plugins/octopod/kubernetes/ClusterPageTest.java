package io.jenkins.plugins.octopod.kubernetes;

import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.crashing;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.deployment;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.job;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.pod;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.statefulSet;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.waiting;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.warning;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ClusterProject;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestClock;
import io.jenkins.plugins.octopod.fixtures.TestCluster;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What a staging’s page shows of its cluster, as it is sent. */
@WithSharedJenkins
class ClusterPageTest {

    private static final String EVIL = "<script>alert('gotcha')</script><img src=x onerror=alert('gotcha')>";

    @TempDir
    private Path directory;

    @TempDir
    private Path scripts;

    private JenkinsRule jenkins;
    private TestCluster cluster;
    private TestProject project;
    private Staging staging;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        cluster = TestCluster.start(directory);
        project = TestProject.withScripts(
                rule,
                new ScriptDirectory(scripts).with(ControlScript.CHECK, "exit 0").path());
        project.connectAgent("agent");
        staging = project.finished(project.submit(Kind.CREATE, "orange-button")).getParent();
        ClusterProject.connect(jenkins, project.project, cluster, HealthMode.OFF);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    /** The tag of a page that stays as it is. */
    private String unchanging(Visitor visitor) throws Exception {
        return TestProject.await("a page that stays as it is", () -> {
            String tag = visitor.get(staging.getUrl() + "live/")
                    .headers()
                    .firstValue("ETag")
                    .orElseThrow();
            int status = visitor.send("GET", staging.getUrl() + "live/", null, "If-None-Match", tag)
                    .statusCode();
            return status == 304 ? tag : null;
        });
    }

    @Test
    void workloadsPodsAndWarningsAreThereAndFollowed() throws Exception {
        cluster.api.usage.put("web-1", "120m 200Mi");
        cluster.put(
                deployment("orange-button", "web", "shop:v1", 2, 1),
                statefulSet("orange-button", "db", "postgres:16", 5, 4),
                job("orange-button", "migrate", "migrate:v1", 7, 6),
                pod("orange-button", "web-1", "shop:v1", true),
                waiting("orange-button", "web-2", "shop:v9", "ImagePullBackOff", "Back-off pulling image \"shop:v9\""),
                warning("e1", "web-2", "Failed", "Failed to pull image \"shop:v9\": manifest unknown", 4),
                pod("another", "another-1", "shop:v1", true));
        Visitor visitor = Visitor.anonymous(jenkins);
        ClusterProject.shows(visitor, staging, "4 of 5");
        ClusterProject.shows(visitor, staging, "6 of 7");
        String page = ClusterProject.shows(visitor, staging, "its registry has no such image or tag");
        for (String text : new String[] {
            "1 of 2",
            "postgres:16",
            "migrate:v1",
            "web-1",
            "web-2",
            "ImagePullBackOff",
            "node-1",
            "0.25 CPU, 128 MiB",
            "4 times",
            "Pod web-2"
        }) {
            assertTrue(page.contains(text), text + " in " + page);
        }
        assertFalse(page.contains("another-1"), "what belongs to others");
        ClusterProject.shows(visitor, staging, "0.12 CPU, 200 MiB");

        // What pods use is on the page a moment before the page counts as another one.
        String etag = unchanging(visitor);
        cluster.put(crashing("orange-button", "web-2", "shop:v9", 5, 1, "no database"));
        HttpResponse<String> changed = TestProject.await("another page", () -> {
            HttpResponse<String> now = visitor.send("GET", staging.getUrl() + "live/", null, "If-None-Match", etag);
            return now.body().contains("CrashLoopBackOff") ? now : null;
        });
        assertEquals(200, changed.statusCode());
        assertTrue(changed.body().contains("no database"), changed.body());
        cluster.put(
                statefulSet("orange-button", "db", "postgres:16", 5, 3),
                job("orange-button", "migrate", "migrate:v1", 7, 7));
        ClusterProject.shows(visitor, staging, "3 of 5");
        ClusterProject.shows(visitor, staging, "7 of 7");

        int requests = cluster.api.lists.get("pods").get();
        for (int i = 0; i < 20; i++) {
            visitor.get(staging.getUrl());
        }
        assertEquals(requests, cluster.api.lists.get("pods").get(), "nobody is asked when a page is made");
    }

    @Test
    void aWarningThatIsOldLeavesAnOpenPage() throws Exception {
        try (TestClock clock = TestClock.start()) {
            cluster.put(
                    pod("orange-button", "web-1", "shop:v1", true), warning("e1", "web-1", "Odd", "something odd", 1));
            Visitor visitor = Visitor.anonymous(jenkins);
            ClusterProject.shows(visitor, staging, "something odd");
            String etag = unchanging(visitor);
            clock.leap(Duration.ofMinutes(66));
            HttpResponse<String> later = visitor.send("GET", staging.getUrl() + "live/", null, "If-None-Match", etag);
            assertEquals(200, later.statusCode());
            assertTrue(later.body().contains("web-1"), later.body());
            assertFalse(later.body().contains("something odd"), later.body());
        }
    }

    @Test
    void hostileContentIsShownAsText() throws Exception {
        cluster.put(
                deployment("orange-button", "web", "shop" + EVIL, 1, 0),
                waiting("orange-button", "web-1", "shop" + EVIL, EVIL, EVIL),
                crashing("orange-button", "web-2", "shop:v1", 3, 1, EVIL),
                warning("e1", "web-2", EVIL, EVIL, 2));
        ClusterProject.shows(Visitor.anonymous(jenkins), staging, "gotcha");
        List<String> alerts = new ArrayList<>();
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        browser.setAlertHandler((page, message) -> alerts.add(message));
        HtmlPage page = browser.goTo(staging.getUrl());
        assertEquals(0, page.getByXPath("//img[@onerror]").size());
        assertEquals(0, page.getByXPath("//script[contains(text(),'gotcha')]").size());
        assertTrue(page.getBody().getTextContent().contains(EVIL));
        assertEquals(List.of(), alerts);
    }

    @Test
    void logsAreTextForThoseWhoMayReadThem() throws Exception {
        cluster.put(pod("orange-button", "web-1", "shop:v1", true), pod("another", "another-1", "shop:v1", true));
        cluster.api.logs.put("web-1", "begun\n" + EVIL);
        cluster.api.logs.put("another-1", "none of its business");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, StagingPermissions.LOG)
                .everywhere()
                .to("developer"));
        Visitor reader = Visitor.loggedIn(jenkins, "reader");
        Visitor developer = Visitor.loggedIn(jenkins, "developer");
        assertFalse(ClusterProject.shows(reader, staging, "web-1").contains("pods/log"));
        assertTrue(ClusterProject.shows(developer, staging, "web-1").contains("pods/log?pod=web-1&amp;container=app"));

        String log = staging.getUrl() + "pods/log?pod=web-1&container=app";
        assertEquals(403, reader.get(log).statusCode());
        HttpResponse<String> read = TestProject.await("the log", () -> {
            HttpResponse<String> now = developer.get(log);
            return now.statusCode() == 202 ? null : now;
        });
        assertEquals(200, read.statusCode());
        assertEquals("begun\n" + EVIL, read.body());
        assertEquals(
                "text/plain;charset=utf-8",
                read.headers().firstValue("Content-Type").orElse("").toLowerCase(java.util.Locale.ROOT));
        int asked = cluster.api.logRequests.get();
        for (int i = 0; i < 50; i++) {
            developer.get(log);
        }
        assertTrue(cluster.api.logRequests.get() < asked + 10, "fifty who look cost about one");
        TestProject.await("what its last run has left", () -> {
            developer.get(log + "&lines=50&previous=true");
            return cluster.api.lastLog.contains("tailLines=50") && cluster.api.lastLog.contains("previous=true")
                    ? true
                    : null;
        });

        for (String other :
                List.of("pod=another-1&container=app", "pod=web-1&container=x", "pod=..%2F..&container=app")) {
            HttpResponse<String> refused = developer.get(staging.getUrl() + "pods/log?" + other);
            assertEquals(404, refused.statusCode(), other);
            assertFalse(refused.body().contains("business"), other);
        }
    }

    @Test
    void aClusterThatCantBeWatchedIsAProblemOnThePageAndNowhereElse() throws Exception {
        ClusterProperty property = ClusterProject.property(cluster, HealthMode.OFF);
        property.setCredentialsId("nobodys");
        ClusterProject.set(project.project, property);
        Visitor visitor = Visitor.anonymous(jenkins);
        ClusterProject.shows(visitor, staging, "There are no credentials “nobodys”");
        property = ClusterProject.property(cluster, HealthMode.OFF);
        property.setCaCertificate(null);
        ClusterProject.set(project.project, property);
        ClusterProject.shows(visitor, staging, "The cluster doesn’t answer");
        ClusterProject.set(project.project, null);
        TestProject.await(
                "an ordinary page",
                () -> visitor.get(staging.getUrl() + "live/").body().contains("In the cluster") ? null : true);
        assertFalse(visitor.get(staging.getUrl()).body().contains("In the cluster"));
    }
}
