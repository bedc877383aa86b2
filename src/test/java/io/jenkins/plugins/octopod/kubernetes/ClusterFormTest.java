package io.jenkins.plugins.octopod.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Item;
import hudson.util.Secret;
import io.jenkins.plugins.octopod.fixtures.ClusterProject;
import io.jenkins.plugins.octopod.fixtures.TestCluster;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The part of a project’s form about its cluster. */
@WithSharedJenkins
class ClusterFormTest {

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private TestCluster cluster;
    private OctopodProject project;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        cluster = TestCluster.start(directory);
        project = TestProject.withScripts(rule, TestProject.DEMO_SCRIPTS).project;
        ClusterProject.giveToken(rule, cluster);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void whatIsTypedIsKept() throws Exception {
        HtmlForm form = form();
        assertFalse(form.getInputByName("octopodCluster").isChecked());
        jenkins.submit(form);
        assertNull(ClusterProperty.of(project), "nothing was opened");

        form = form();
        form.getInputByName("octopodCluster").setChecked(true);
        assertEquals("${namespace}", form.getInputsByName("_.namespace").get(1).getValue());
        form.getInputByName("_.server").setValue(" https://kubernetes.example.com:6443 ");
        form.getSelectByName("_.credentialsId").setSelectedAttribute(ClusterProject.CREDENTIALS, true);
        form.getSelectByName("_.health").setSelectedAttribute("INSTEAD_OF_CHECK", true);
        jenkins.submit(form);
        ClusterProperty set = ClusterProperty.of(project);
        assertNotNull(set);
        assertEquals("https://kubernetes.example.com:6443", set.getServer());
        assertNull(set.getCaCertificate());
        assertEquals(ClusterProject.CREDENTIALS, set.getCredentialsId());
        assertEquals("${namespace}", set.getNamespace());
        assertEquals("app.kubernetes.io/instance=${name}", set.getSelector());
        assertEquals(HealthMode.INSTEAD_OF_CHECK, set.getHealth());
        String before = project.getConfigFile().asString();
        jenkins.configRoundtrip(project);
        assertEquals(before, project.getConfigFile().asString());
        assertEquals("demo", project.getNamespace(), "its own field of that name is another");

        form = form();
        form.getInputByName("octopodCluster").setChecked(false);
        jenkins.submit(form);
        assertNull(ClusterProperty.of(project));
    }

    /** With what the browser fetches for it. */
    private HtmlForm form() throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        HtmlPage page = browser.getPage(project, "configure");
        TestProject.await("the choices", () -> {
            browser.waitForBackgroundJavaScript(100);
            return page.asXml().contains("INSTEAD_OF_CHECK") && page.asXml().contains(ClusterProject.CREDENTIALS)
                    ? true
                    : null;
        });
        return page.getFormByName("config");
    }

    @Test
    void onlyProjectsHaveIt() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "folder");
        assertFalse(jenkins.createWebClient()
                .<HtmlPage>getPage(folder, "configure")
                .asXml()
                .contains("octopodCluster"));
    }

    private String test(Visitor visitor, String server, String ca, String credentials, String namespace)
            throws Exception {
        String form = "server=" + encoded(server) + "&caCertificate=" + encoded(ca) + "&credentialsId="
                + encoded(credentials) + "&namespace=" + encoded(namespace) + "&selector=";
        return visitor.post(
                        project.getUrl() + "descriptorByName/" + ClusterProperty.class.getName() + "/testConnection",
                        Visitor.FORM,
                        form)
                .body();
    }

    private String test(String credentials) throws Exception {
        return test(Visitor.anonymous(jenkins), cluster.url(), cluster.caCertificate(), credentials, "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void assertSays(String expected, String answer) {
        String text = answer.replaceAll("<[^>]*>", "").replace("&lt;", "<").replace("&gt;", ">");
        assertTrue(text.contains(expected), answer);
    }

    @Test
    void theTestSaysWhatWorksAndWhatNot() throws Exception {
        assertSays(
                "The cluster answers (Kubernetes v1.33.1), and the account has all permissions "
                        + "that are needed in the namespace demo.",
                test(ClusterProject.CREDENTIALS));
        cluster.api.forbidden.add("get pods/log");
        cluster.api.forbidden.add("list pods");
        assertSays(
                "but in the namespace demo the account has no permission to: list pods, get pods/log, list pods.metrics.k8s.io.",
                test(ClusterProject.CREDENTIALS));
        cluster.api.forbidden.remove("list pods");
        assertSays(
                "Some details won’t be shown because the account has no permission to: get pods/log.",
                test(ClusterProject.CREDENTIALS));
        assertSays("There are no credentials “nobodys”", test("nobodys"));
        TestCredentials.in(project).unavailable("sealed", "the vault is sealed");
        assertSays("currently unavailable, reason: the vault is sealed", test("sealed"));
        Visitor visitor = Visitor.anonymous(jenkins);
        assertSays("The cluster doesn’t answer: ", test(visitor, cluster.url(), "", ClusterProject.CREDENTIALS, ""));
        assertSays(
                "“${nmae}” isn’t known here",
                test(visitor, cluster.url(), cluster.caCertificate(), ClusterProject.CREDENTIALS, "${nmae}"));
        assertSays("can’t be used", test(visitor, cluster.url(), "no certificate", ClusterProject.CREDENTIALS, ""));
        cluster.api.token = "another";
        assertSays("The cluster doesn’t accept the credentials", test(ClusterProject.CREDENTIALS));
    }

    @Test
    void theTestSaysWhenTheTokenEnds() throws Exception {
        ClusterProject.giveToken(jenkins, cluster, StagingClock.now().plus(Duration.ofHours(1)));
        assertSays(" The token is valid until ", test(ClusterProject.CREDENTIALS));
        ClusterProject.giveToken(jenkins, cluster, StagingClock.now().plus(Duration.ofDays(365)));
        String answer = test(ClusterProject.CREDENTIALS);
        assertFalse(answer.contains("valid until"), answer);
    }

    private void kubeconfig(String user) throws Exception {
        String content = """
                apiVersion: v1
                kind: Config
                current-context: it
                contexts:
                - name: it
                  context: {cluster: it, user: it}
                clusters:
                - name: it
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                users:
                - name: it
                  user: %s
                """.formatted(
                cluster.url(),
                Base64.getEncoder().encodeToString(cluster.caCertificate().getBytes(StandardCharsets.UTF_8)),
                user);
        CredentialsStore store =
                CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next();
        FileCredentialsImpl file = new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                "kubeconfig",
                "",
                "kubeconfig",
                SecretBytes.fromBytes(content.getBytes(StandardCharsets.UTF_8)));
        if (!store.addCredentials(Domain.global(), file)) {
            store.updateCredentials(Domain.global(), file, file);
        }
    }

    @Test
    void aKubeconfigIsUsedButNeverRunsACommandOrReadsAFile() throws Exception {
        Visitor visitor = Visitor.anonymous(jenkins);
        kubeconfig("{token: " + cluster.api.token + "}");
        assertSays("The cluster answers", test(visitor, "", "", "kubeconfig", ""));
        Path proof = directory.resolve("proof");
        kubeconfig("{exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args: ['" + proof + "']}}");
        assertSays("runs a command", test(visitor, "", "", "kubeconfig", ""));
        assertFalse(proof.toFile().exists());
        for (String file : new String[] {"tokenFile", "client-certificate", "client-key"}) {
            kubeconfig("{token: x, " + file + ": /etc/passwd}");
            assertSays("refers to files", test(visitor, "", "", "kubeconfig", ""));
        }
        kubeconfig("{token: x, auth-provider: {name: gcp, config: {cmd-path: /bin/true}}}");
        assertSays("runs a command", test(visitor, "", "", "kubeconfig", ""));
        kubeconfig("[this is nothing");
        assertSays("isn’t a kubeconfig", test(visitor, "", "", "kubeconfig", ""));
    }

    @Test
    void credentialsAreThoseOfTheProjectsFoldersAndForThoseWhoMaySeeThem() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        OctopodProject inside = new OctopodProject(folder, "shop");
        inside.setNamespace("demo");
        folder.add(inside, "shop");
        inside.onCreatedFromScratch();
        CredentialsStore store = null;
        for (CredentialsStore candidate : CredentialsProvider.lookupStores(folder)) {
            store = candidate.getContext() == folder ? candidate : store;
        }
        assertNotNull(store);
        store.addCredentials(
                Domain.global(),
                new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "of-the-team", "", Secret.fromString(cluster.api.token)));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.EXTENDED_READ)
                .everywhere()
                .to("admin"));
        Visitor admin = Visitor.loggedIn(jenkins, "admin");
        Visitor reader = Visitor.loggedIn(jenkins, "reader");
        String fill = "descriptorByName/" + ClusterProperty.class.getName() + "/fillCredentialsIdItems";
        assertTrue(admin.post(inside.getUrl() + fill, Visitor.FORM, "").body().contains("of-the-team"));
        assertFalse(admin.post(project.getUrl() + fill, Visitor.FORM, "").body().contains("of-the-team"));
        String told = reader.post(inside.getUrl() + fill, Visitor.FORM, "").body();
        assertTrue(told.contains("(none; without a server, those of the pod that Jenkins runs in)"), told);
        assertFalse(told.contains("of-the-team") || told.contains(ClusterProject.CREDENTIALS), told);
        assertSays("There are no credentials", test(admin, cluster.url(), cluster.caCertificate(), "of-the-team", ""));
        project = inside;
        assertSays("The cluster answers", test(admin, cluster.url(), cluster.caCertificate(), "of-the-team", ""));
        assertEquals(
                403,
                reader.post(
                                inside.getUrl() + "descriptorByName/" + ClusterProperty.class.getName()
                                        + "/testConnection",
                                Visitor.FORM,
                                "server=" + encoded(cluster.url()))
                        .statusCode());
    }
}
