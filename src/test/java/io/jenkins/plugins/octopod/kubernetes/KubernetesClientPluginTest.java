package io.jenkins.plugins.octopod.kubernetes;

import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.deployment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Items;
import hudson.util.Secret;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestCluster;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectDefinition;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A Jenkins with plugins as they are installed, at first with the Kubernetes client, then without. */
@Tag("jenkins")
class KubernetesClientPluginTest {

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @TempDir
    private Path directory;

    @TempDir
    private Path scripts;

    @Test
    void theClientIsFoundWhereItIsAndMissedByNothingElse() throws Throwable {
        String scriptsPath = new ScriptDirectory(scripts)
                .with(ControlScript.CHECK, "exit 0")
                .path()
                .toString();
        try (TestCluster cluster = TestCluster.start(directory)) {
            cluster.put(deployment("orange-button", "web", "shop:v1", 1, 0));
            String url = cluster.url();
            String certificate = cluster.caCertificate();
            String token = cluster.api.token;
            jenkins.startJenkins();
            jenkins.runRemotely(rule -> {
                with(rule, scriptsPath, url, certificate, token);
            });
            jenkins.stopJenkins();
        }
        File[] client = new File(jenkins.getHome(), "plugins")
                .listFiles(file -> file.getName().matches("kubernetes-client-api\\.(jpi|hpi|jpl|hpl)"));
        assertEquals(1, client.length);
        assertTrue(client[0].delete());
        jenkins.startJenkins();
        jenkins.runRemotely(KubernetesClientPluginTest::without);
    }

    private static void with(JenkinsRule rule, String scriptsPath, String url, String certificate, String token)
            throws Exception {
        rule.jenkins.setLabelString(TestProject.LABEL);
        rule.jenkins.setNumExecutors(2);
        TestProject project = TestProject.withScripts(rule, Path.of(scriptsPath));
        Staging staging =
                project.finished(project.submit(Kind.CREATE, "orange-button")).getParent();
        CredentialsProvider.lookupStores(rule.jenkins)
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(),
                        new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString(token)));
        ClusterProperty property = new ClusterProperty();
        property.setServer(url);
        property.setCaCertificate(certificate);
        property.setCredentialsId("token");
        property.setHealth(HealthMode.BETWEEN_CHECKS);
        project.project.addProperty(property);
        TestProject.await("the cluster’s word", () -> staging.getStatus() == Status.GenericFailure ? true : null);
        String page = rule.createWebClient().getPage(staging).asXml();
        assertTrue(page.contains("In the cluster"), page);
    }

    private static void without(JenkinsRule rule) throws Exception {
        assertNull(rule.jenkins.getPluginManager().getPlugin("kubernetes-client-api"));
        TestProject project = TestProject.again(rule);
        assertNotNull(project.project.getProperties().get(ClusterProperty.class), "what was set isn’t lost");
        Staging staging = project.staging("orange-button");
        JenkinsRule.WebClient browser = rule.createWebClient();
        assertFalse(browser.getPage(staging).asXml().contains("In the cluster"));
        formKeepsIt(rule, project.project);
        definitionsKeepIt(rule, project.project);
        project.finished(project.submit(Kind.MERGE, "orange-button", "A=1"));
        assertEquals(Status.Running, staging.getStatus());
        String stored = project.project.getConfigFile().asString();
        assertTrue(stored.contains("<octopod-cluster>"), stored);
        assertTrue(stored.contains("<octopod-project plugin=\"octopod@"), stored);
    }

    private static void formKeepsIt(JenkinsRule rule, OctopodProject project) throws Exception {
        String before = cluster(project);
        HtmlPage page = rule.createWebClient().getPage(project, "configure");
        assertFalse(page.asXml().contains("octopodCluster"));
        assertTrue(page.asXml().contains("install the plugin “Kubernetes Client API”"), page.asXml());
        HtmlForm form = page.getFormByName("config");
        form.getInputByName("_.baseDomain").setValue("elsewhere.example.com");
        rule.submit(form);
        assertEquals("elsewhere.example.com", project.getBaseDomain());
        assertEquals(before, cluster(project));

        OctopodProject other = new OctopodProject(rule.jenkins, "other");
        rule.jenkins.add(other, "other");
        other.onCreatedFromScratch();
        page = rule.createWebClient().getPage(other, "configure");
        assertFalse(page.asXml().contains("Kubernetes"), "nothing that isn’t there is offered or spoken of");
        rule.submit(page.getFormByName("config"));
        assertNull(other.getProperties().get(ClusterProperty.class));
    }

    /** A Jenkins whose configuration is code has to start without the plugin, too. */
    private static void definitionsKeepIt(JenkinsRule rule, OctopodProject project) throws Exception {
        String before = project.getConfigFile().asString();
        ProjectDefinition.of(project).apply(rule.jenkins);
        assertEquals(before, project.getConfigFile().asString());

        ProjectDefinition another = new ProjectDefinition("another");
        another.setProjectProperties(List.of(new ClusterProperty()));
        String refusal = assertThrows(IllegalArgumentException.class, () -> another.apply(rule.jenkins))
                .getMessage();
        assertEquals("another: Kubernetes support needs the plugin “Kubernetes Client API”: install it.", refusal);
        assertNull(rule.jenkins.getItem("another"));
    }

    private static String cluster(OctopodProject project) {
        return Items.XSTREAM2.toXML(project.getProperties().get(ClusterProperty.class));
    }
}
