package io.jenkins.plugins.octopod.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.credentialsbinding.impl.FileBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.StringBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What scripts print is masked in each form; where a mask would be deployed or followed, it is refused. */
@WithSharedJenkins
class MaskedAnswersTest {

    private static final String TOKEN = "hush\"4711/&x";

    @TempDir
    private Path directory;

    private ScriptDirectory scripts;

    private TestProject project(JenkinsRule jenkins) throws Exception {
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        TestProject demo = TestProject.withScripts(jenkins, scripts.path());
        demo.connectAgent("agent");
        TestCredentials.in(demo.project).text("token", TOKEN).text("named", "n4med-Sesame");
        TestCredentials.bind(demo.project, new StringBinding("TOKEN", "token"));
        return demo;
    }

    @Test
    void aDefaultWithASecretIsRefused(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins);
        Path told = scripts.file("told");
        scripts.with(ControlScript.CREATE, "echo \"$@\" > '" + told + "'; touch '" + scripts.file("state") + "'");
        for (ControlScript script : List.of(ControlScript.APPLICATION_CONFIG, ControlScript.DEPLOYMENT_CONFIG)) {
            // In CSV the quote is doubled, so that what is printed isn't the secret.
            scripts.with(script, "echo 'harmless,1'; echo 'db.url,\"jdbc:x?password=hush\"\"4711/&x\"'");
            assertEquals(
                    "“" + script
                            + "” printed a secret as the default of “db.url”, so Jenkins would deploy a mask instead. Have "
                            + "the scripts read the secret from its variable, or set an override to “credentials:ID”.",
                    assertThrows(RefusalException.class, () -> demo.finished(demo.submit(Kind.CREATE, "a1")))
                            .getMessage());
            assertFalse(Files.exists(told));
            scripts.without(script);
        }
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.CREATE, "a1")));
        assertTrue(Files.exists(told));
    }

    @Test
    void aLinkWithASecretIsRefused(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins);
        scripts.with(
                ControlScript.INFO,
                "echo 'good,https://good.example.com'; echo 'app,https://n4med-Sesame@example.com'");
        demo.project.getPipelineAccess().setCredentials("named");
        StagingRun run = demo.finished(demo.submit(Kind.CREATE, "a1", "password=credentials:named"));
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains(
                "“info” printed a secret in the link “app”: it must print the address without " + "the secret.", run);
        assertEquals(List.of(), demo.staging("a1").observedState().links());
        assertFalse(JenkinsRule.getLog(run).contains("n4med"));
    }

    @Test
    void wordsOfAFileAreMaskedAsTheyArePrinted(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins);
        TestCredentials.in(demo.project)
                .file("env", ".env", "# for the shop\nPORT=8080\nexport DB_PASSWORD=\"s3same & open\"\nLAST=1\n")
                .file(
                        "account",
                        "account.json",
                        "{\"project_id\": \"shop\", \"private_key\": \"-----BEGIN\\nMIIEvQIBADANBgkqhkiG9w0\\nshort\\n\"}");
        TestCredentials.bind(
                demo.project,
                new StringBinding("TOKEN", "token"),
                new FileBinding("ENV_FILE", "env"),
                new FileBinding("ACCOUNT", "account"));
        List<String> printed = List.of(
                "s3same & open",
                "s3same%20%26%20open",
                "s3same+%26+open",
                "s3same \\u0026 open",
                "MIIEvQIBADANBgkqhkiG9w0",
                "hush\\\"4711/&x",
                "hush%224711%2F%26x",
                "hush%224711%2f%26x");
        Path lines = Files.write(
                scripts.file("lines"),
                printed.stream().map(text -> "say " + text + ".").toList());
        scripts.with(
                ControlScript.CREATE,
                ". \"$ENV_FILE\"; echo \"say $DB_PASSWORD.\"; cat \"$ACCOUNT\"; echo; cat '" + lines
                        + "'; echo \"port $PORT shop\"; touch '" + scripts.file("state") + "'");
        StagingRun run = demo.finished(demo.submit(Kind.CREATE, "a1"));
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        String log = JenkinsRule.getLog(run);
        assertEquals(1 + printed.size(), log.lines().filter("say ****."::equals).count(), log);
        assertTrue(log.contains("port 8080 shop"), log);
        for (String secret : List.of("s3same", "MIIEvQ", "4711")) {
            assertFalse(log.contains(secret), secret + " in " + log);
        }
    }
}
