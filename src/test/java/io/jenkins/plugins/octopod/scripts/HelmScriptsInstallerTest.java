package io.jenkins.plugins.octopod.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.JDK;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.tools.InstallSourceProperty;
import hudson.tools.ToolInstallation;
import hudson.tools.ToolInstaller;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** The Helm scripts that come with the plugin, on a real agent. */
@WithSharedJenkins
class HelmScriptsInstallerTest {

    @TempDir
    private Path directory;

    @Test
    void areInstalledWithTheirSettings(JenkinsRule jenkins) throws Exception {
        Node agent = jenkins.createOnlineSlave();
        Path home = install(installer("1.2.3"), agent);
        for (ControlScript script : ControlScript.values()) {
            if (script != ControlScript.NOTIFICATIONS) {
                assertTrue(Files.isExecutable(home.resolve(script.fileName())), script::toString);
            }
        }
        assertTrue(Files.isRegularFile(home.resolve("lib/values/templates/lines.yaml")));
        assertEquals(
                List.of(
                        "deployment chart_repo_url=https://charts.example.com",
                        "deployment chart_name=shop",
                        "deployment chart_version=1.2.3",
                        "locked chart_name",
                        "locked chart_repo_url",
                        "ingress-host-key ingress.hosts[0].host ingress.tls[0].hosts[0]",
                        "wait no",
                        "give-up no",
                        "pass-credentials yes",
                        "ca-file /etc/ssl/charts.pem",
                        "plain-http yes",
                        "application ingress.enabled=true",
                        "application GREETING=a = b"),
                Files.readAllLines(home.resolve("settings")));
        try (Stream<Path> others = Files.list(home.getParent())) {
            assertEquals(List.of(home), others.toList());
        }
    }

    @Test
    void whatIsThereStaysAndOtherSettingsGetADirectoryOfTheirOwn(JenkinsRule jenkins) throws Exception {
        Node agent = jenkins.createOnlineSlave();
        Path home = install(installer("1.2.3"), agent);
        Path mark = Files.createFile(home.resolve("mark"));
        assertEquals(home, install(installer("1.2.3"), agent));
        assertTrue(Files.exists(mark));
        assertNotEquals(home, install(installer("1.2.4"), agent));
        assertTrue(Files.exists(mark));
    }

    @Test
    void severalLinesAreNoSettingsOfTheirOwn() {
        HelmScriptsInstaller installer = new HelmScriptsInstaller(null);
        installer.setChartName("shop\nselector x");
        installer.setOtherCharts(true);
        assertEquals("deployment chart_name=shop\n", HelmSettingsFile.text(installer));
    }

    @Test
    void isConfiguredAmongTheInstallersOfControlScriptsOnly(JenkinsRule jenkins) throws Exception {
        ControlScripts.DescriptorImpl tools = jenkins.jenkins.getDescriptorByType(ControlScripts.DescriptorImpl.class);
        tools.setInstallations(tool(installer("^1")));
        jenkins.submit(jenkins.createWebClient().goTo("configureTools").getFormByName("config"));
        ToolInstaller after = tools.getInstallations()[0]
                .getProperties()
                .get(InstallSourceProperty.class)
                .installers
                .get(0);
        jenkins.assertEqualDataBoundBeans(installer("^1"), after);

        HelmScriptsInstaller.DescriptorImpl descriptor =
                ExtensionList.lookupSingleton(HelmScriptsInstaller.DescriptorImpl.class);
        assertTrue(descriptor.isApplicable(ControlScripts.class));
        assertFalse(descriptor.isApplicable(JDK.class));
    }

    @Test
    void isConfiguredAsTheDocumentationSays(JenkinsRule jenkins) throws Exception {
        String page = Files.readString(Path.of("docs/helm.md"));
        String yaml = page.substring(page.indexOf("```yaml") + "```yaml".length());
        Path file = Files.writeString(directory.resolve("jenkins.yaml"), yaml.substring(0, yaml.indexOf("```")));
        ConfigurationAsCode.get().configure(file.toString());

        ControlScripts tool = ControlScripts.find("shop-chart").orElseThrow();
        HelmScriptsInstaller installer = (HelmScriptsInstaller)
                tool.getProperties().get(InstallSourceProperty.class).installers.get(0);
        assertEquals("^1.2", installer.getChartVersion());
        assertTrue(HelmSettingsFile.text(installer).endsWith("application resources.limits.memory=512Mi\n"));
        assertNotNull(jenkins.jenkins.getItem("shop"));
    }

    private static HelmScriptsInstaller installer(String version) {
        HelmScriptsInstaller installer = new HelmScriptsInstaller(null);
        installer.setChartRepoUrl("https://charts.example.com");
        installer.setChartName("shop");
        installer.setChartVersion(version);
        installer.setIngressHostKey("ingress.hosts[0].host ingress.tls[0].hosts[0]");
        installer.setWithoutWaiting(true);
        installer.setWithoutGivingUp(true);
        installer.setPassCredentials(true);
        installer.setCaFile(" /etc/ssl/charts.pem ");
        installer.setPlainHttp(true);
        installer.setApplicationDefaults("ingress.enabled=true\n\nGREETING=a = b\nno value");
        return installer;
    }

    private static ControlScripts tool(ToolInstaller installer) throws Exception {
        return new ControlScripts("helm", "", List.of(new InstallSourceProperty(List.of(installer))));
    }

    private static Path install(ToolInstaller installer, Node agent) throws Exception {
        ToolInstallation onAgent = tool(installer).forNode(agent, TaskListener.NULL);
        return Path.of(onAgent.getHome());
    }
}
