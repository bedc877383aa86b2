package io.jenkins.plugins.octopod.credentials;

import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.Configurator;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.plugins.git.GitUsernamePasswordBinding;
import org.htmlunit.FailingHttpStatusCodeException;
import org.jenkinsci.plugins.credentialsbinding.impl.FileBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.SSHUserPrivateKeyBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.StringBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.UsernamePasswordMultiBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Bindings survive the form, and can be written down as code. */
@WithSharedJenkins
class CredentialsAsCodeTest {

    @TempDir
    private Path directory;

    private TestProject project(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.withScripts(jenkins, new ScriptDirectory(directory.resolve("scripts")).path());
        TestCredentials.in(demo.project)
                .text("token", "hush-4711")
                .login("registry", "robot", "password")
                .file("kube", "config", "content")
                .key("ssh", "git", "key", null);
        SSHUserPrivateKeyBinding ssh = new SSHUserPrivateKeyBinding("KEY", "ssh");
        ssh.setUsernameVariable("KEY_USER");
        TestCredentials.bind(
                demo.project,
                new StringBinding("TOKEN", "token"),
                new UsernamePasswordMultiBinding("LOGIN", "PASSWORD", "registry"),
                new FileBinding("KUBECONFIG", "kube"),
                ssh);
        return demo;
    }

    @Test
    void theFormKeepsThem(JenkinsRule jenkins) throws Exception {
        OctopodProject project = project(jenkins).project;
        ScriptCredentialsProperty before = project.getProperties().get(ScriptCredentialsProperty.class);
        jenkins.configRoundtrip(project);
        ScriptCredentialsProperty after = project.getProperties().get(ScriptCredentialsProperty.class);
        jenkins.assertEqualDataBoundBeans(before.getBindings(), after.getBindings());
        assertEquals(4, after.getBindings().size());

        project.getProperties().remove(ScriptCredentialsProperty.class);
        jenkins.configRoundtrip(project);
        assertNull(project.getProperties().get(ScriptCredentialsProperty.class), "a form without any stores nothing");
    }

    @Test
    void ofOtherPluginsTheyAreRefused(JenkinsRule jenkins) throws Exception {
        OctopodProject project = project(jenkins).project;
        String sentence = "bindings: Control scripts can’t use a binding of the kind “Git Username and "
                + "Password”: choose a different kind.";
        ScriptCredentialsProperty property =
                new ScriptCredentialsProperty(List.of(new GitUsernamePasswordBinding("Default", "registry")));
        ProjectDefinition definition = new ProjectDefinition("new");
        definition.setProjectProperties(List.of(property));
        assertEquals(
                "new: " + sentence,
                assertThrows(IllegalArgumentException.class, () -> definition.apply(jenkins.jenkins))
                        .getMessage());
        assertNull(jenkins.jenkins.getItem("new"));

        TestCredentials.bind(project, new GitUsernamePasswordBinding("Default", "registry"));
        String refusal = assertThrows(FailingHttpStatusCodeException.class, () -> jenkins.configRoundtrip(project))
                .getResponse()
                .getContentAsString();
        assertTrue(refusal.contains(sentence), refusal);
    }

    @Test
    void asYaml(JenkinsRule jenkins) throws Exception {
        OctopodProject project = project(jenkins).project;
        ScriptCredentialsProperty before = project.getProperties().get(ScriptCredentialsProperty.class);
        ConfiguratorRegistry registry = ConfiguratorRegistry.get();
        ConfigurationContext context = new ConfigurationContext(registry);
        Configurator<ScriptCredentialsProperty> configurator = registry.lookupOrFail(ScriptCredentialsProperty.class);
        CNode written = configurator.describe(before, context);
        String yaml = toYamlString(written);
        assertEquals("""
                bindings:
                - string:
                    credentialsId: "token"
                    variable: "TOKEN"
                - usernamePassword:
                    credentialsId: "registry"
                    passwordVariable: "PASSWORD"
                    usernameVariable: "LOGIN"
                - file:
                    credentialsId: "kube"
                    variable: "KUBECONFIG"
                - sshUserPrivateKey:
                    credentialsId: "ssh"
                    keyFileVariable: "KEY"
                    usernameVariable: "KEY_USER"
                """.lines().collect(Collectors.joining("\n")), yaml.lines().collect(Collectors.joining("\n")));
        ScriptCredentialsProperty after = configurator.configure(written, context);
        jenkins.assertEqualDataBoundBeans(before.getBindings(), after.getBindings());
    }
}
