package io.jenkins.plugins.octopod.kubernetes;

import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ClusterProject;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestCluster;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Attacks with namespaces and selectors: a project reaches nothing in its cluster but the objects of its stagings. */
@WithSharedJenkins
class ClusterReachTest {

    private static final String XML = "application/xml";

    private static final String PROJECT = """
            <octopod-project>
              <properties>
                <octopod-cluster>
                  <server>https://kubernetes.example.com</server>
                  <namespace>%s</namespace>
                  <selector>%s</selector>
                </octopod-cluster>
              </properties>
              <namespace>demo</namespace>
            </octopod-project>
            """;

    @TempDir
    private Path directory;

    @TempDir
    private Path scripts;

    private JenkinsRule jenkins;
    private TestCluster cluster;
    private TestProject project;
    private Staging staging;
    private Visitor visitor;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        cluster = TestCluster.start(directory);
        cluster.put(pod("orange-button", "own-1", "shop:v1", true), pod("payments", "another-1", "pay:v1", true));
        cluster.api.logs.put("another-1", "a card number");
        project = TestProject.withScripts(
                rule,
                new ScriptDirectory(scripts).with(ControlScript.CHECK, "exit 0").path());
        project.connectAgent("agent");
        staging = project.finished(project.submit(Kind.CREATE, "orange-button")).getParent();
        visitor = Visitor.anonymous(jenkins);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    /** As a setter or an old file has it, past all forms. */
    private void set(String namespace, String selector) throws Exception {
        ClusterProject.giveToken(jenkins, cluster);
        ClusterProperty property = ClusterProject.property(cluster, HealthMode.OFF);
        property.setNamespace(namespace);
        property.setSelector(selector);
        ClusterProject.set(project.project, property);
    }

    private void assertRefusedAsXml(String namespace, String selector, String why) throws Exception {
        HttpResponse<String> refused =
                visitor.post("createItem?name=posted", XML, PROJECT.formatted(namespace, selector));
        assertEquals(400, refused.statusCode(), refused.body());
        assertTrue(refused.body().contains(why), refused.body());
        assertEquals(null, jenkins.jenkins.getItem("posted"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo/secrets?",
                "demo/secrets?x=${name}",
                "../../../apis",
                "demo/pods/own-1/exec?a=",
                "Demo",
                "demo#"
            })
    void aNamespaceIsNoPath(String namespace) throws Exception {
        set(namespace, ClusterProperty.DEFAULT_SELECTOR);
        ClusterProject.shows(visitor, staging, "can’t be a namespace");
        assertEquals(java.util.Map.of(), cluster.api.lists, "nothing is asked for");
        assertRefusedAsXml(namespace, ClusterProperty.DEFAULT_SELECTOR, "can’t be a namespace");
    }

    @Test
    void theProjectsNamespaceIsNoPathEither() throws Exception {
        project.project.setNamespace("demo/secrets?");
        set("${namespace}", ClusterProperty.DEFAULT_SELECTOR);
        ClusterProject.shows(visitor, staging, "can’t be a namespace");
        assertEquals(java.util.Map.of(), cluster.api.lists, "nothing is asked for");
    }

    @Test
    void aNameThatMakesNoNamespaceConcernsThatStagingAlone() throws Exception {
        Staging longer = project.finished(project.submit(Kind.CREATE, "orange-button-22"))
                .getParent();
        set("prefix-that-has-exactly-fifty-characters-in-all--${name}", ClusterProperty.DEFAULT_SELECTOR);
        TestProject.await(
                "the reason",
                () -> visitor.get(longer.getUrl() + "live/").body().contains("can’t be a namespace") ? true : null);
        ClusterProject.shows(visitor, staging, "No object in the namespace");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!no-such-label",
                "app!=no-such-value",
                "app notin (no, such)",
                "app",
                "app.kubernetes.io/instance",
                "!a,b!=c,app",
                "app=",
                "app.kubernetes.io/instance=payments",
                "app.kubernetes.io/instance in (payments, ${name})",
                "app.kubernetes.io/instance!=${name}",
                "${name}!=x",
                "app.kubernetes.io/managed-by=Helm"
            })
    void aSelectorSelectsNothingOfOthers(String selector) throws Exception {
        set("${namespace}", selector);
        String page = ClusterProject.shows(visitor, staging, "would select");
        assertFalse(page.contains("another-1"), page);
        HttpResponse<String> log = visitor.get(staging.getUrl() + "pods/log?pod=another-1&container=app");
        assertEquals(404, log.statusCode());
        assertFalse(log.body().contains("card"), log.body());
        assertRefusedAsXml("${namespace}", selector, "would select");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.kubernetes.io/instance=${name}",
                "app.kubernetes.io/instance in (${name}, ${name}-db)",
                "app.kubernetes.io/instance=${name},!old,tier!=db",
                "app.kubernetes.io/instance,app.kubernetes.io/instance==${name}"
            })
    void itsOwnIsShown(String selector) throws Exception {
        set("${namespace}", selector);
        assertFalse(ClusterProject.shows(visitor, staging, "own-1").contains("another-1"));
    }

    /** In a namespace of its own the labels needn't tell stagings apart. */
    @Test
    void aNamespaceForEachStagingIsEnough() throws Exception {
        set("x-${name}", "app=shop");
        ClusterProject.shows(visitor, staging, "No object in the namespace x-orange-button has the staging’s labels.");
        set("x-${name}", "!app");
        ClusterProject.shows(visitor, staging, "would select");
    }

    @Test
    void aSelectorOfThousandsOfPartsIsRefusedAtOnce() throws Exception {
        set("${namespace}", "app=${name}" + ",".repeat(1_000_000));
        ClusterProject.shows(visitor, staging, "A label selector can have at most 1000 characters");
    }
}
