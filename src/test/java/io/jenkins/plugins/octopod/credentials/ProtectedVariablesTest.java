package io.jenkins.plugins.octopod.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Failure;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectDefinition;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.security.ProtectedVariables;
import io.jenkins.plugins.octopod.security.SecuritySettings;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.transform.stream.StreamSource;
import org.htmlunit.FailingHttpStatusCodeException;
import org.jenkinsci.plugins.credentialsbinding.MultiBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.CertificateMultiBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.FileBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.SSHUserPrivateKeyBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.StringBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.UsernamePasswordBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.UsernamePasswordMultiBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.ZipFileBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Somebody who may configure a project tries to have agents run a program of their choice by what they bind. */
@WithSharedJenkins
class ProtectedVariablesTest {

    private static final String ALLOWING =
            "have an administrator allow this one under “Manage Jenkins” » “Security” » “Octopod”.";

    @TempDir
    private Path directory;

    private ScriptDirectory scripts;

    private TestProject project(JenkinsRule rule) throws Exception {
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        TestProject demo = TestProject.withScripts(rule, scripts.path());
        demo.connectAgent("agent");
        return demo;
    }

    private static String sentence(String variable) {
        return "A credential can’t be bound to the variable “" + variable
                + "”, because this variable decides which programs run. Choose a different name, or " + ALLOWING;
    }

    @Test
    void noProgramOfTheProjectsChoiceRuns(JenkinsRule rule) throws Exception {
        TestProject demo = project(rule);
        Path evil =
                Files.writeString(directory.resolve("evil"), "#!/bin/sh\ntouch '" + directory.resolve("ran") + "'\n");
        assertTrue(evil.toFile().setExecutable(true));
        scripts.with(
                ControlScript.CREATE,
                "\"${KUBECTL_BIN:-true}\"; date > /dev/null; touch '" + scripts.file("state") + "'");
        Path path = Files.createDirectory(directory.resolve("bin"));
        Files.copy(evil, path.resolve("date"));
        TestCredentials.in(demo.project).text("evil", evil.toString()).text("path", path + ":/usr/bin:/bin");
        for (StringBinding binding :
                List.of(new StringBinding("KUBECTL_BIN", "evil"), new StringBinding("PATH", "path"))) {
            TestCredentials.bind(demo.project, binding);
            String refusal = assertThrows(RefusalException.class, () -> demo.finished(demo.submit(Kind.CREATE, "a1")))
                    .getMessage();
            assertEquals(sentence(binding.getVariable()), refusal);
            assertFalse(Files.exists(directory.resolve("ran")));
        }
    }

    @Test
    void eachKindOfBindingIsLookedAtWhereverItIsWrittenDown(JenkinsRule rule) throws Exception {
        OctopodProject project = project(rule).project;
        TestCredentials.in(project).text("x", "secret");
        SSHUserPrivateKeyBinding key = new SSHUserPrivateKeyBinding("LD_PRELOAD", "x");
        SSHUserPrivateKeyBinding passphrase = new SSHUserPrivateKeyBinding("KEY", "x");
        passphrase.setPassphraseVariable("LD_PRELOAD");
        SSHUserPrivateKeyBinding user = new SSHUserPrivateKeyBinding("KEY", "x");
        user.setUsernameVariable(" LD_PRELOAD ");
        CertificateMultiBinding alias = new CertificateMultiBinding("STORE", "x");
        alias.setAliasVariable("LD_PRELOAD");
        CertificateMultiBinding password = new CertificateMultiBinding("STORE", "x");
        password.setPasswordVariable("LD_PRELOAD");
        for (MultiBinding<?> binding : List.of(
                new StringBinding("LD_PRELOAD", "x"),
                new UsernamePasswordBinding("LD_PRELOAD", "x"),
                new UsernamePasswordMultiBinding("LD_PRELOAD", "B", "x"),
                new UsernamePasswordMultiBinding("A", "LD_PRELOAD", "x"),
                new FileBinding("LD_PRELOAD", "x"),
                new ZipFileBinding("LD_PRELOAD", "x"),
                key,
                passphrase,
                user,
                new CertificateMultiBinding("LD_PRELOAD", "x"),
                alias,
                password)) {
            // As code: YAML and Job DSL.
            ProjectDefinition definition = new ProjectDefinition("new");
            definition.setProjectProperties(List.of(new ScriptCredentialsProperty(List.of(binding))));
            assertEquals(
                    "new: bindings: " + sentence("LD_PRELOAD"),
                    assertThrows(IllegalArgumentException.class, () -> definition.apply(rule.jenkins))
                            .getMessage());
            assertNull(rule.jenkins.getItem("new"));
            // Where it has come in all the same, scripts aren't given it.
            TestCredentials.bind(project, binding);
            assertEquals(
                    sentence("LD_PRELOAD"),
                    assertThrows(ScriptFailureException.class, () -> ScriptCredentialsProvider.of(project))
                            .getMessage());
        }
        TestCredentials.bind(project, new StringBinding("LD_PRELOAD", "x"));
        String refused = assertThrows(FailingHttpStatusCodeException.class, () -> rule.configRoundtrip(project))
                .getResponse()
                .getContentAsString();
        assertTrue(refused.contains(sentence("LD_PRELOAD")), refused);
    }

    @Test
    void aConfigXmlBringsNothingToScripts(JenkinsRule rule) throws Exception {
        OctopodProject project = project(rule).project;
        TestCredentials.in(project).text("x", "secret");
        TestCredentials.bind(project, new StringBinding("HARMLESS", "x"));
        String xml = project.getConfigFile().asString().replace("HARMLESS", "BASH_ENV");
        StreamSource posted = new StreamSource(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "bindings: " + sentence("BASH_ENV"),
                assertThrows(Failure.class, () -> project.updateByXml(posted)).getMessage());
        // As a file that was stored before there was the rule.
        TestCredentials.bind(project, new StringBinding("BASH_ENV", "x"));
        assertEquals(
                sentence("BASH_ENV"),
                assertThrows(ScriptFailureException.class, () -> ScriptCredentialsProvider.of(project))
                        .getMessage());
        // And nothing of it needs a restart: as soon as an administrator allows it, scripts are given it.
        SecuritySettings.get().setAllowedVariables("SOMETHING,bash_env");
        assertEquals("****", ScriptCredentialsProvider.of(project).mask().apply("secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "Path",
                "path",
                "LD_PRELOAD",
                "LD_AUDIT",
                "DYLD_INSERT_LIBRARIES",
                "BASH_ENV",
                "ENV",
                "SHELLOPTS",
                "IFS",
                "PS4",
                "PROMPT_COMMAND",
                "JAVA_TOOL_OPTIONS",
                "JDK_JAVA_OPTIONS",
                "_JAVA_OPTIONS",
                "PYTHONSTARTUP",
                "PYTHONPATH",
                "PERL5LIB",
                "PERL5OPT",
                "RUBYOPT",
                "NODE_OPTIONS",
                "GIT_SSH_COMMAND",
                "GIT_CONFIG_COUNT",
                "GIT_CONFIG_GLOBAL",
                "GIT_EXEC_PATH",
                "HOME",
                "TMPDIR",
                "OCTOPOD_HELM_SETTINGS",
                "OCTOPOD_TMPDIR",
                "HELM_BIN",
                "HELM_PLUGINS",
                "helm_bin",
                "KUBECTL_BIN",
                "XDG_DATA_HOME",
                "BASH_FUNC_helm%%",
                "A=B",
                "A\0B",
                "PATHEXT",
                "ComSpec",
                "EDITOR"
            })
    void namesThatDecideWhatRuns(String name, JenkinsRule rule) {
        assertTrue(ProtectedVariables.isRefused(name), name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TOKEN",
                "HELM_USER",
                "HELM_PASS",
                "HELM_CA_FILE",
                "KUBECONFIG",
                "GIT_TOKEN",
                "GIT_USERNAME",
                "MY_PATH",
                "DB_PASSWORD",
                "AWS_SECRET_ACCESS_KEY",
                "ENVIRONMENT",
                "HOMEPAGE",
                "REGISTRY_TOKEN",
                "SSH_KEY",
                "JENKINS_TOKEN"
            })
    void othersAreFree(String name, JenkinsRule rule) {
        assertFalse(ProtectedVariables.isRefused(name), name);
    }

    @Test
    void aKubeconfigRunsNothingAndReadsNothing(JenkinsRule rule) throws Exception {
        OctopodProject project = project(rule).project;
        String harmless = """
                apiVersion: v1
                kind: Config
                clusters: [{name: exec-test, cluster: {server: "https://exec.example.com", certificate-authority-data: aGk=}}]
                users:
                - name: my-exec
                  user: {client-certificate-data: exec/a+exec=, client-key-data: x, token: abc}
                """;
        TestCredentials.in(project).file("kube", "config", harmless).text("text", "/some/path");
        TestCredentials.bind(project, new FileBinding("KUBECONFIG", "kube"));
        assertFalse(ScriptCredentialsProvider.of(project).sent().isEmpty());
        for (String hostile : List.of(
                "users: [{name: a, user: {exec: {command: sh}}}]",
                "users:\n- user:\n    exec:\n      command: sh",
                "{\"users\":[{\"user\":{\"exec\":{}}}]}",
                "{'exec' : {}}",
                "? exec\n: {}",
                "EXEC: {}",
                "auth-provider: {name: gcp}",
                "tokenFile: /var/run/secrets/token",
                "\"\\x65xec\": {}",
                "\"\\u0065xec\": {}",
                "\"ex\\\n  ec\": {}",
                "!!binary ZXhlYw==: {}",
                "a: {!!binary ZXhlYw==: {}}",
                "%TAG ! tag:yaml.org,2002:\n---\na: 1",
                "e\0x\0e\0c\0:\0")) {
            TestCredentials.in(project).remove("kube").file("kube", "config", harmless + hostile);
            String refusal = assertThrows(
                            ScriptFailureException.class, () -> ScriptCredentialsProvider.of(project), hostile)
                    .restrictedMessage()
                    .detail();
            assertTrue(
                    refusal.startsWith("The file of the credential “kube” can’t be bound to the variable “KUBECONFIG”"),
                    refusal);
        }
        TestCredentials.bind(project, new StringBinding("kubeconfig", "text"));
        assertTrue(assertThrows(ScriptFailureException.class, () -> ScriptCredentialsProvider.of(project))
                .getMessage()
                .startsWith("Only a secret file can be bound to the variable “kubeconfig”"));
        TestCredentials.bind(project, new FileBinding("KUBECONFIG", "kube"));
        SecuritySettings.get().setAllowedVariables("KUBECONFIG");
        assertFalse(ScriptCredentialsProvider.of(project).sent().isEmpty());
    }
}
