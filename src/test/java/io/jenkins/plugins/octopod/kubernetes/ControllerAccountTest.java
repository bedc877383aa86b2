package io.jenkins.plugins.octopod.kubernetes;

import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ClusterProject;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestCluster;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.kubernetes.client.TestPod;
import io.jenkins.plugins.octopod.kubernetes.status.ClusterReconciler;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectDefinition;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Attacks with the service account of the pod that Jenkins runs in: whoever may make or configure a project would read what only
 * the controller may.
 */
@WithSharedJenkins
class ControllerAccountTest {

    private static final String XML = "application/xml";
    private static final String REFUSAL = "Projects aren’t allowed to use the service account of Jenkins";

    /** Another's pod, such as that of Jenkins. */
    private static final String SECRET = "the log of the controller";

    private static final String PROJECT = """
            <octopod-project>
              <properties><octopod-cluster><namespace>demo</namespace><selector>app=${name}</selector></octopod-cluster></properties>
              <namespace>demo</namespace>
            </octopod-project>
            """;

    @TempDir
    private Path directory;

    @TempDir
    private Path scripts;

    private JenkinsRule jenkins;
    private TestCluster cluster;
    private TestPod pod;
    private TestProject project;
    private Staging staging;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        cluster = TestCluster.start(directory);
        cluster.put(pod("orange-button", "jenkins-0", "jenkins:lts", true));
        cluster.api.logs.put("jenkins-0", SECRET);
        pod = TestPod.start(cluster, directory);
        project = TestProject.withScripts(
                rule,
                new ScriptDirectory(scripts).with(ControlScript.CHECK, "exit 0").path());
        project.connectAgent("agent");
        staging = project.finished(project.submit(Kind.CREATE, "orange-button")).getParent();
    }

    @AfterEach
    void stop() throws Exception {
        pod.close();
        cluster.close();
    }

    private void assertNothingAsked() {
        assertEquals(0, cluster.api.watches() + cluster.api.versions.get() + cluster.api.logRequests.get());
        assertEquals(0, ClusterReconciler.getOrNull().connections());
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains(REFUSAL), answer.body());
    }

    /** However the project came to have it, such as by a file that was there before. */
    @Test
    void aProjectThatHasItIsToldWhyNothingIsWatched() throws Exception {
        ClusterProject.set(project.project, new ClusterProperty());
        String page = ClusterProject.shows(Visitor.anonymous(jenkins), staging, REFUSAL);
        assertFalse(page.contains("jenkins-0"), page);
        HttpResponse<String> log =
                Visitor.anonymous(jenkins).get(staging.getUrl() + "pods/log?pod=jenkins-0&container=app");
        assertEquals(404, log.statusCode());
        assertFalse(log.body().contains(SECRET), log.body());
        assertNothingAsked();
    }

    @Test
    void whatIsAllowedEndsWithTheWordOfAnAdministrator() throws Exception {
        TestPod.allow(true);
        ClusterProject.set(project.project, new ClusterProperty());
        ClusterProject.shows(Visitor.anonymous(jenkins), staging, "jenkins-0");
        assertTrue(cluster.front.connections() > 0);

        TestPod.allow(false);
        assertFalse(ClusterProject.shows(Visitor.anonymous(jenkins), staging, REFUSAL)
                .contains("jenkins-0"));
        TestProject.await("no connection", () -> cluster.front.connections() == 0 ? true : null);
        assertEquals(0, ClusterReconciler.getOrNull().connections());
    }

    @Test
    void postedXmlIsRefusedAndChangesNothing() throws Exception {
        Visitor visitor = Visitor.anonymous(jenkins);
        assertRefused(visitor.post("createItem?name=posted", XML, PROJECT));
        assertNull(jenkins.jenkins.getItem("posted"));
        assertFalse(Files.exists(jenkins.jenkins.getRootDir().toPath().resolve("jobs/posted")));

        String before = project.project.getConfigFile().asString();
        assertRefused(visitor.post(project.project.getUrl() + "config.xml", XML, PROJECT));
        assertEquals(before, project.project.getConfigFile().asString());
        assertNull(ClusterProperty.of(project.project));

        ClusterProject.set(project.project, new ClusterProperty());
        visitor.post("createItem?name=copy&mode=copy&from=" + project.project.getName(), XML, "");
        assertNotNull(ClusterProperty.of((OctopodProject) jenkins.jenkins.getItem("copy")), "it may no more than that");
        String stored = project.project.getConfigFile().asString();
        HttpResponse<String> same = visitor.post(
                project.project.getUrl() + "config.xml", XML, stored.replace("<tagKey>", "<tagKey>another."));
        assertEquals(200, same.statusCode(), "what is there already doesn't hinder another change");
        assertTrue(project.project.getTagKey().startsWith("another."));

        TestPod.allow(true);
        assertEquals(200, visitor.post("createItem?name=posted", XML, PROJECT).statusCode());
        assertNotNull(ClusterProperty.of((OctopodProject) jenkins.jenkins.getItem("posted")));
    }

    /** By which Configuration as Code and Job DSL make projects. */
    @Test
    void definitionsAreRefused() {
        ProjectDefinition definition = new ProjectDefinition("defined");
        definition.setProjectProperties(List.of(new ClusterProperty()));
        String refusal = assertThrows(IllegalArgumentException.class, () -> definition.apply(jenkins.jenkins))
                .getMessage();
        assertTrue(refusal.contains(REFUSAL), refusal);
        assertNull(jenkins.jenkins.getItem("defined"));
    }

    /** A controller that begins with such a file knows neither setting before. */
    @Test
    void anAdministratorsFileAllowsItAndUsesIt() throws Exception {
        Path file = directory.resolve("jenkins.yaml");
        Files.writeString(file, """
                security:
                  octopodSecurity:
                    controllerAccountAllowed: true
                unclassified:
                  octopodProjects:
                    projects:
                    - name: defined
                      namespace: demo
                      projectProperties:
                      - octopodCluster:
                          health: BETWEEN_CHECKS
                """);
        ConfigurationAsCode.get().configure(file.toString());
        assertNotNull(ClusterProperty.of((OctopodProject) jenkins.jenkins.getItem("defined")));
    }

    @Test
    void theFormAndItsTestAreRefused() throws Exception {
        String descriptor = project.project.getUrl() + "descriptorByName/" + ClusterProperty.class.getName();
        Visitor visitor = Visitor.anonymous(jenkins);
        for (String call : List.of(
                "/testConnection?server=&caCertificate=&credentialsId=&namespace=kube-system&selector=",
                "/checkCredentialsId?value=&server=")) {
            String told = visitor.post(descriptor + call, Visitor.FORM, "").body();
            assertTrue(told.contains(REFUSAL), told);
        }
        assertEquals(0, cluster.api.versions.get());

        HtmlPage page = jenkins.createWebClient().getPage(project.project, "configure");
        HtmlForm form = page.getFormByName("config");
        form.getInputByName("octopodCluster").setChecked(true);
        FailingHttpStatusCodeException refused =
                assertThrows(FailingHttpStatusCodeException.class, () -> jenkins.submit(form));
        assertTrue(refused.getResponse().getContentAsString().contains(REFUSAL));
        assertNull(ClusterProperty.of(project.project));
    }

    /** Whose server is the same one: it isn't told the token, although the certificate is right. */
    @Test
    void aNamedServerIsNeverToldTheToken() throws Exception {
        TestPod.allow(true);
        ClusterProperty property = ClusterProject.property(cluster, HealthMode.OFF);
        property.setCredentialsId(null);
        ClusterProject.set(project.project, property);
        ClusterProject.shows(Visitor.anonymous(jenkins), staging, "The cluster doesn’t accept the credentials");
        assertTrue(cluster.api.refused.get() > 0);
        assertEquals(0, cluster.api.watches());
    }
}
