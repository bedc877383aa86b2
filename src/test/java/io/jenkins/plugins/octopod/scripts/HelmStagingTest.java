package io.jenkins.plugins.octopod.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import hudson.tools.InstallSourceProperty;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.fixtures.TestCluster;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.defaults.CachedValue;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.credentialsbinding.impl.FileBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * A team with a chart and no script: from the installer to the real helm on an agent, with a kubeconfig out of Jenkins’
 * credentials. What becomes of it in a cluster is tried beside the scripts themselves, in engine/.
 */
@WithSharedJenkins
class HelmStagingTest {

    private static final Path CHART =
            Path.of("engine/src/test/resources/charts/shop").toAbsolutePath();

    @TempDir
    private Path directory;

    /** By the variable, else by the PATH; the test is skipped where it isn’t there. */
    private static String program(String variable, String name) {
        String named = System.getenv(variable);
        return Stream.concat(
                        Stream.ofNullable(named).map(Path::of),
                        Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                .map(path -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseGet(() -> abort("There is no " + name + " on the PATH, nor does " + variable + " name one."));
    }

    @Test
    void nobodyWritesAScript(JenkinsRule jenkins) throws Exception {
        Map<String, String> programs =
                Map.of("HELM_BIN", program("HELM_BIN", "helm"), "KUBECTL_BIN", program("KUBECTL_BIN", "kubectl"));
        try (TestCluster cluster = TestCluster.start(directory)) {
            TestProject demo = TestProject.withScripts(jenkins, TestProject.DEMO_SCRIPTS);
            TestProject.setEnvironment(jenkins, programs);
            HelmScriptsInstaller installer = new HelmScriptsInstaller(null);
            installer.setChartName(CHART.toString());
            installer.setApplicationDefaults("env.TEAM=cactus");
            jenkins.jenkins
                    .getDescriptorByType(ControlScripts.DescriptorImpl.class)
                    .setInstallations(
                            new ControlScripts("demo", "", List.of(new InstallSourceProperty(List.of(installer)))));
            TestCredentials.in(demo.project).file("cluster", "kubeconfig", kubeconfig(cluster));
            TestCredentials.bind(demo.project, new FileBinding("KUBECONFIG", "cluster"));
            demo.connectAgent("agent");

            Configuration deployment = defaults(demo, ControlScript.DEPLOYMENT_CONFIG, Configuration.EMPTY);
            Map<String, String> defaults =
                    defaults(demo, ControlScript.APPLICATION_CONFIG, deployment).asMap();
            assertEquals("2", defaults.get("replicas"));
            assertEquals("cactus", defaults.get("env.TEAM"));
            assertEquals(0, cluster.api.versions.get());

            String refused = assertThrows(
                            RefusalException.class, () -> demo.submit(Kind.CREATE, "orange-button", "replicas=20"))
                    .getMessage();
            assertTrue(refused.contains("can't be rendered with this configuration"), refused);
            assertTrue(refused.contains("maximum"), refused);
            assertFalse(refused.contains(cluster.api.token), refused);
            assertTrue(cluster.api.versions.get() > 0, "kubectl has been let in");
        }
    }

    private static Configuration defaults(TestProject demo, ControlScript script, Configuration deployment)
            throws Exception {
        CachedValue<Configuration> cachedValue =
                DefaultsService.get().awaitDefaults(demo.project, script, deployment, Duration.ofMinutes(1));
        return cachedValue.known().orElseThrow(() -> new AssertionError(cachedValue.toString()));
    }

    private static String kubeconfig(TestCluster cluster) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: it, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: it, user: {token: "%s"}}]
                contexts: [{name: it, context: {cluster: it, user: it}}]
                current-context: it
                """.formatted(
                cluster.url(),
                Base64.getEncoder().encodeToString(cluster.caCertificate().getBytes(StandardCharsets.UTF_8)),
                cluster.api.token);
    }
}
