package io.jenkins.plugins.octopod.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.request.ExternalStaging;
import io.jenkins.plugins.octopod.staging.request.OverridesCopy;
import io.jenkins.plugins.octopod.staging.request.StagingImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.credentialsbinding.impl.StringBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Overrides that name a credential: who may set them, what scripts get, and what everybody sees. */
@WithSharedJenkins
class CredentialOverridesTest {

    private static final String SECRET = "db secret 'quoted'";

    @TempDir
    private Path directory;

    private ScriptDirectory scripts;

    private TestProject project(JenkinsRule jenkins) throws Exception {
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        TestProject demo = TestProject.withScripts(jenkins, scripts.path());
        demo.connectAgent("agent");
        // These tests act as Jenkins itself.
        demo.project.getPipelineAccess().setCredentials("db\nsealed");
        TestCredentials.in(demo.project).text("db", SECRET).login("login", "somebody", "password");
        return demo;
    }

    @Test
    void scriptsGetTheSecretAndEverybodyElseItsName(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins);
        Path seen = Files.createDirectory(directory.resolve("seen"));
        String note = "printf '%s\\n' \"$@\" >> '" + seen + "/'\"$(basename \"$0\")\"; printf '%s\\n' \"$@\"";
        for (ControlScript script : List.of(
                ControlScript.CREATE,
                ControlScript.CHECK,
                ControlScript.CONFIG_CHECK,
                ControlScript.INFO,
                ControlScript.APPLICATION_CONFIG)) {
            boolean csv = script == ControlScript.INFO || script == ControlScript.APPLICATION_CONFIG;
            scripts.with(script, note + (csv ? " > /dev/null; echo a,b" : "; touch '" + scripts.file("state") + "'"));
        }
        StagingRun run =
                demo.finished(demo.submit(Kind.CREATE, "a1", "PASSWORD=credentials:db", "OTHER=credential:db"));
        String log = JenkinsRule.getLog(run);
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        for (String script : List.of("create", "check", "config_check", "info")) {
            List<String> arguments = Files.readAllLines(seen.resolve(script));
            assertTrue(arguments.contains("PASSWORD=" + SECRET), script + arguments);
            assertTrue(arguments.contains("OTHER=credential:db"), script + arguments);
        }
        assertFalse(Files.readString(seen.resolve("application_config")).contains(SECRET));
        assertTrue(log.contains("--application-config PASSWORD=credentials:db"), log);
        assertTrue(log.contains("PASSWORD=****\n"), log);
        assertFalse(log.contains("secret"), log);
        assertEquals(
                "credentials:db",
                demo.staging("a1").getApplicationOverrides().value("PASSWORD").orElseThrow());
    }

    /** Scripts for defaults are told names of credentials; what they say of them is no override. */
    @Test
    void aDefaultNamesNone(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins);
        scripts.with(ControlScript.APPLICATION_CONFIG, "echo PASSWORD,credentials:db");
        scripts.with(
                ControlScript.CREATE,
                "touch '" + scripts.file("state") + "'; printf '%s\\n' \"$@\" > '" + directory.resolve("arguments")
                        + "'");
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.CREATE, "a1")));
        assertTrue(Files.readAllLines(directory.resolve("arguments")).contains("PASSWORD=credentials:db"));
    }

    @Test
    void onlyThoseMaySetThemWhoMayUseTheCredential(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins);
        boolean enabled = CredentialsProvider.USE_ITEM.enabled;
        CredentialsProvider.USE_ITEM.setEnabled(true);
        try {
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CREATE)
                    .everywhere()
                    .to("deployer", "user")
                    .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CREATE, Item.CONFIGURE)
                    .everywhere()
                    .to("owner")
                    .grant(CredentialsProvider.USE_ITEM)
                    .everywhere()
                    .to("user"));
            String forbidden = "You may not set “A” to “credentials:%s”: to name a credential, you need "
                    + "permission to use the credentials of project “demo” or to configure it.";
            assertEquals(forbidden.formatted("db"), refused(demo, "deployer", Kind.CREATE, "A=credentials:db"));
            assertEquals(forbidden.formatted("none"), refused(demo, "deployer", Kind.CREATE, "A=credentials:none"));
            for (String allowed : List.of("owner", "user")) {
                assertEquals(
                        "“A” can’t be set: there is no credential “none” that project “demo” may use.",
                        refused(demo, allowed, Kind.CREATE, "A=credentials:none"));
                assertEquals(
                        "“A” can’t be set: the credential “login” is of the kind “Username with password”, and only a secret "
                                + "text can be a value.",
                        refused(demo, allowed, Kind.CREATE, "A=credentials:login"));
            }
            assertEquals(null, demo.staging("a1"));
            ExternalStaging imported = new ExternalStaging(
                    "a1",
                    Status.Running,
                    List.of(),
                    new StagingOverrides(Overrides.parse("A=credentials:db"), Overrides.NONE),
                    Instant.EPOCH,
                    Instant.EPOCH);
            try (ACLContext ignored = ACL.as2(User.getById("deployer", true).impersonate2())) {
                assertEquals(
                        forbidden.formatted("db"),
                        assertThrows(
                                        RefusalException.class,
                                        () -> StagingImporter.importStaging(demo.project, imported))
                                .getMessage());
            }
            assertEquals(null, demo.staging("a1"));
            jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(as(demo, "user", Kind.CREATE, "A=credentials:db")));
            assertEquals(List.of("A"), copied(demo, "deployer").leftOut());
            assertTrue(copied(demo, "deployer").overrides().application().isEmpty());
            assertEquals(List.of(), copied(demo, "user").leftOut());
            assertEquals(
                    "credentials:db",
                    copied(demo, "user").overrides().application().value("A").orElseThrow());
            // What another has set may stay, and go, but not come to another key.
            jenkins.assertBuildStatus(
                    Result.SUCCESS, demo.finished(as(demo, "deployer", Kind.UPDATE, "A=credentials:db", "B=1")));
            jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(as(demo, "deployer", Kind.MERGE, "B=2")));
            assertTrue(
                    refused(demo, "deployer", Kind.UPDATE, "C=credentials:db").startsWith("You may not set “C”"));
            assertTrue(refused(demo, "deployer", Kind.MERGE, "B=credentials:db").startsWith("You may not set “B”"));
            jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(as(demo, "deployer", Kind.UPDATE, "B=1")));
            assertTrue(
                    refused(demo, "deployer", Kind.UPDATE, "A=credentials:db").startsWith("You may not set “A”"));
        } finally {
            CredentialsProvider.USE_ITEM.setEnabled(enabled);
        }
    }

    private static OverridesCopy copied(TestProject demo, String user) {
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            return OverridesCopy.of(demo.staging("a1"));
        }
    }

    @Test
    void aCredentialThatIsGone(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins);
        jenkins.assertBuildStatus(
                Result.SUCCESS, demo.finished(demo.submit(Kind.CREATE, "a1", "PASSWORD=credentials:db")));
        TestCredentials.in(demo.project).remove("db");
        // It is no change to keep it, but config_check can't be asked.
        assertEquals(
                "There is no credential “db” that project “demo” may use: add it to the "
                        + "project, to a folder above it or to Jenkins, or name a different one.",
                assertThrows(RefusalException.class, () -> demo.submit(Kind.MERGE, "a1", "B=1"))
                        .getMessage());
    }

    /** Such as those from a vault. */
    @Test
    void credentialsThatDontAnswer(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins);
        TestCredentials.in(demo.project).unavailable("sealed", "the vault is sealed");
        assertEquals(
                "The credential “sealed” can’t be read: Property 'secret' is currently unavailable, reason: the vault is sealed",
                assertThrows(
                                RefusalException.class,
                                () -> demo.submit(Kind.CREATE, "a1", "PASSWORD=credentials:sealed"))
                        .getMessage());
        TestCredentials.bind(demo.project, new StringBinding("TOKEN", "sealed"));
        assertEquals(
                "The credential “sealed” can’t be read: Property 'secret' is currently unavailable, reason: the vault is sealed",
                assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, "a1"))
                        .getMessage());
    }

    private static io.jenkins.plugins.octopod.staging.request.AcceptedRequest as(
            TestProject demo, String user, Kind kind, String... overrides) throws Exception {
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            return demo.submit(kind, "a1", overrides);
        }
    }

    private static String refused(TestProject demo, String user, Kind kind, String... overrides) {
        RefusalException refusal = assertThrows(RefusalException.class, () -> as(demo, user, kind, overrides));
        assertEquals(Reason.INVALID_INPUT, refusal.getReason());
        return refusal.getMessage();
    }
}
