package io.jenkins.plugins.octopod.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ProxyConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.octopod.fixtures.ClusterProject;
import io.jenkins.plugins.octopod.fixtures.ForwardProxy;
import io.jenkins.plugins.octopod.fixtures.OctoClient;
import io.jenkins.plugins.octopod.fixtures.TestCluster;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterClientConfig;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterClients;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterCredentials;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterEndpoint;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterException;
import io.jenkins.plugins.octopod.kubernetes.client.InClusterServiceAccount;
import io.jenkins.plugins.octopod.kubernetes.client.TestPod;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Each kind of credentials lets Jenkins speak to a cluster, directly and through a proxy. */
@WithSharedJenkins
class ClusterClientConfigTest {

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
        TestCredentials.in(rule.jenkins)
                .text("token", cluster.api.token)
                .login("login", "octopod", "a password")
                .keyStore("certificate", directory.resolve("cluster.p12"), "changeit");
    }

    @AfterEach
    void stop() throws Exception {
        jenkins.jenkins.setProxy(null);
        cluster.close();
    }

    private ClusterEndpoint settings(String credentials) {
        ClusterProperty property = ClusterProject.property(cluster, HealthMode.OFF);
        property.setCredentialsId(credentials);
        return property.cluster();
    }

    private ClusterClientConfig login(String credentials) throws ClusterException {
        return new ClusterClientConfig(ClusterCredentials.find(project, settings(credentials)));
    }

    /** What the cluster says its version is. */
    private String version(String credentials) throws ClusterException {
        try (KubernetesClient client = ClusterClients.create(login(credentials).config(settings(credentials)))) {
            return client.getKubernetesVersion().getGitVersion();
        }
    }

    private void assertUnauthorized(String credentials) {
        assertEquals(
                401,
                assertThrows(KubernetesClientException.class, () -> version(credentials))
                        .getCode());
    }

    @Test
    void byAToken() throws Exception {
        assertEquals("v1.33.1", version("token"));
        cluster.api.token = "another";
        assertUnauthorized("token");
    }

    @Test
    void byAUserAndAPassword() throws Exception {
        assertUnauthorized("login");
        cluster.api.login = OctoClient.basic("octopod", "a password");
        assertEquals("v1.33.1", version("login"));
    }

    @Test
    void byACertificate() throws Exception {
        cluster.front.askForCertificate(true);
        assertThrows(KubernetesClientException.class, () -> version("token"), "which has no certificate");
        cluster.api.login = "";
        assertEquals("v1.33.1", version("certificate"));
    }

    @Test
    void asThePodThatJenkinsRunsIn() throws Exception {
        ClusterEndpoint nothing = new ClusterProperty().cluster();
        ClusterClientConfig clientConfig = new ClusterClientConfig(null, TestPod.account(cluster, directory));
        assertTrue(assertThrows(ClusterException.class, () -> clientConfig.config(nothing))
                .getMessage()
                .startsWith("Projects aren’t allowed to use the service account of Jenkins"));
        TestPod.allow(true);
        Path account = directory.resolve("serviceaccount");
        try (KubernetesClient client = ClusterClients.create(clientConfig.config(nothing))) {
            assertEquals("v1.33.1", client.getKubernetesVersion().getGitVersion());
            // The cluster gives it another one from time to time.
            cluster.api.token = "the-next-token";
            Files.writeString(account.resolve("token"), cluster.api.token);
            assertEquals("v1.33.1", client.getKubernetesVersion().getGitVersion());
            TestPod.allow(false);
            assertEquals(
                    401,
                    assertThrows(KubernetesClientException.class, client::getKubernetesVersion)
                            .getCode(),
                    "a client that is there isn’t given the token any more");
            TestPod.allow(true);
        }
        ClusterClientConfig elsewhere =
                new ClusterClientConfig(null, new InClusterServiceAccount(Map.<String, String>of()::get, account));
        assertTrue(assertThrows(ClusterException.class, () -> elsewhere.config(nothing))
                .getMessage()
                .startsWith("Jenkins itself doesn’t run in a cluster"));
    }

    /** Whoever may configure a project could have it told to a server of theirs. */
    @Test
    void whatThePodIsGivenIsForItsOwnClusterAlone() throws Exception {
        Path account = Files.createDirectory(directory.resolve("serviceaccount"));
        Files.writeString(account.resolve("token"), cluster.api.token);
        ClusterClientConfig clientConfig =
                new ClusterClientConfig(null, new InClusterServiceAccount(Map.<String, String>of()::get, account));
        try (KubernetesClient client = ClusterClients.create(clientConfig.config(settings(null)))) {
            assertEquals(
                    401,
                    assertThrows(KubernetesClientException.class, client::getKubernetesVersion)
                            .getCode());
            cluster.api.login = "";
            assertEquals("v1.33.1", client.getKubernetesVersion().getGitVersion(), "with nothing said");
        }
    }

    /** The client makes the sockets to it by itself, and nothing would limit what comes through them. */
    @Test
    void aKubeconfigNamesNoSocksProxy() throws Exception {
        String kubeconfig = """
                apiVersion: v1
                kind: Config
                current-context: it
                contexts: [{name: it, context: {cluster: it, user: it}}]
                clusters: [{name: it, cluster: {server: "%s", proxy-url: "socks5://localhost:1"}}]
                users: [{name: it, user: {token: x}}]
                """.formatted(cluster.url());
        TestCredentials.in(jenkins.jenkins).file("socks", "kubeconfig", kubeconfig);
        ClusterEndpoint endpoint = new ClusterEndpoint(null, null, "socks");
        ClusterClientConfig clientConfig = new ClusterClientConfig(ClusterCredentials.find(project, endpoint));
        assertTrue(assertThrows(ClusterException.class, () -> clientConfig.config(endpoint))
                .getMessage()
                .startsWith("The kubeconfig names a SOCKS proxy"));
    }

    @Test
    void throughTheProxyOfJenkins() throws Exception {
        String direct = login("token").fingerprint();
        try (ForwardProxy proxy = ForwardProxy.start()) {
            jenkins.jenkins.setProxy(new ProxyConfiguration("localhost", proxy.port(), "jenkins", "its password"));
            assertEquals("v1.33.1", version("token"));
            ForwardProxy.Asked first = proxy.asked().get(0);
            assertEquals(cluster.url(), "https://" + first.server());
            assertEquals(OctoClient.basic("jenkins", "its password"), first.authorization());
            assertFalse(proxy.asked().toString().contains(cluster.api.token), "that is for the cluster alone");
            assertNotEquals(direct, login("token").fingerprint(), "so there is another client");

            int before = proxy.asked().size();
            jenkins.jenkins.setProxy(new ProxyConfiguration("localhost", proxy.port(), null, null, "localhost"));
            assertEquals("v1.33.1", version("token"));
            assertEquals(before, proxy.asked().size(), "not for that server");
        }
    }
}
