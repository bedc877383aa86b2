package io.jenkins.plugins.octopod.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.model.Fingerprint;
import hudson.model.Result;
import hudson.security.ACL;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import org.jenkinsci.plugins.credentialsbinding.impl.CertificateMultiBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.FileBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.SSHUserPrivateKeyBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.StringBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.UsernamePasswordBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.UsernamePasswordMultiBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.ZipFileBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What scripts are given, and that it is there no longer than they need it. */
@WithSharedJenkins
class BoundCredentialsTest {

    private static final String TOKEN = "hush-4711";
    private static final String KEY =
            "-----BEGIN KEY-----\nAAAAB3NzaC1yc2EAAAADAQ\nABAAABgQC7secretkey42\n-----END KEY-----";

    @TempDir
    private Path directory;

    private ScriptDirectory scripts;

    private TestProject project(JenkinsRule jenkins) throws Exception {
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        TestProject demo = TestProject.withScripts(jenkins, scripts.path());
        demo.connectAgent("agent");
        return demo;
    }

    @Test
    void eachKindIsGivenToTheScriptOfARun(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins);
        TestCredentials.in(demo.project)
                .text("token", TOKEN)
                .login("registry", "robot", "pass'word & more")
                .file("config", "kube.config", "secret: content\n")
                .zip("tree", "leaf", "in a zip")
                .key("ssh", "git", KEY, "open sesame")
                .certificate("cert", "store-password");
        SSHUserPrivateKeyBinding ssh = new SSHUserPrivateKeyBinding("KEY", "ssh");
        ssh.setPassphraseVariable("PASSPHRASE");
        ssh.setUsernameVariable("KEY_USER");
        CertificateMultiBinding certificate = new CertificateMultiBinding("STORE", "cert");
        certificate.setPasswordVariable("STORE_PASSWORD");
        certificate.setAliasVariable("STORE_ALIAS");
        TestCredentials.bind(
                demo.project,
                new StringBinding("TOKEN", "token"),
                new UsernamePasswordMultiBinding("LOGIN", "PASSWORD", "registry"),
                new UsernamePasswordBinding("LOGIN_PASSWORD", "registry"),
                new FileBinding("FILE", "config"),
                new ZipFileBinding("TREE", "tree"),
                ssh,
                certificate);
        Path seen = Files.createDirectory(directory.resolve("seen"));
        scripts.with(ControlScript.CREATE, """
                set -e
                state=%s
                cd %s
                for name in TOKEN LOGIN PASSWORD LOGIN_PASSWORD PASSPHRASE KEY_USER STORE_PASSWORD STORE_ALIAS; do
                    eval printf %%s '"$'$name'"' > $name
                done
                cp "$FILE" FILE; cp "$TREE/leaf" TREE; cp "$KEY" KEY; cp "$STORE" STORE
                stat -c %%a "$FILE" "$KEY" "$STORE" "$(dirname "$FILE")" "$(dirname "$(dirname "$FILE")")" "$TREE" > modes
                echo "$FILE" > path
                basename "$FILE" > name
                echo "as $LOGIN with $TOKEN, $PASSWORD, $LOGIN_PASSWORD, $PASSPHRASE, $STORE_PASSWORD, $KEY_USER"
                cat "$KEY"
                printf '%%s ' $(cat "$KEY") >&2
                touch "$state"
                """.formatted(scripts.file("state"), seen));
        StagingRun run = demo.finished(demo.submit(Kind.CREATE, "a1"));
        String log = JenkinsRule.getLog(run);
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        assertEquals(TOKEN, Files.readString(seen.resolve("TOKEN")));
        assertEquals("robot", Files.readString(seen.resolve("LOGIN")));
        assertEquals("pass'word & more", Files.readString(seen.resolve("PASSWORD")));
        assertEquals("robot:pass'word & more", Files.readString(seen.resolve("LOGIN_PASSWORD")));
        assertEquals("open sesame", Files.readString(seen.resolve("PASSPHRASE")));
        assertEquals("git", Files.readString(seen.resolve("KEY_USER")));
        assertEquals("store-password", Files.readString(seen.resolve("STORE_PASSWORD")));
        assertEquals("an alias", Files.readString(seen.resolve("STORE_ALIAS")));
        assertEquals("secret: content\n", Files.readString(seen.resolve("FILE")));
        assertEquals("kube.config\n", Files.readString(seen.resolve("name")));
        assertEquals("in a zip", Files.readString(seen.resolve("TREE")));
        assertEquals(KEY, Files.readString(seen.resolve("KEY")).strip());
        KeyStore store = KeyStore.getInstance(seen.resolve("STORE").toFile(), "store-password".toCharArray());
        assertTrue(store.containsAlias("one"));
        assertEquals("600\n600\n600\n700\n700\n700\n", Files.readString(seen.resolve("modes")));
        Path file = Path.of(Files.readString(seen.resolve("path")).trim());
        assertFalse(Files.exists(file));
        assertFalse(
                Files.exists(file.getParent().getParent().getParent()), "the script’s own directory is gone as well");
        assertTrue(log.contains("as robot with ****, ****, ****, ****, ****, git\n****\n"), log);
        assertFalse(log.contains("secretkey42"), log);
        assertFalse(log.contains("AAAAB3NzaC1yc2EAAAADAQ"), log);
    }

    @Test
    void allScriptsAreGivenIt(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins);
        TestCredentials.in(demo.project).text("token", TOKEN).file("file", "file", "content of a file");
        TestCredentials.bind(demo.project, new StringBinding("TOKEN", "token"), new FileBinding("FILE", "file"));
        Path seen = Files.createDirectory(directory.resolve("seen"));
        scripts.with(ControlScript.UNARCHIVE, "touch '" + scripts.file("state") + "'");
        for (ControlScript script : ControlScript.values()) {
            String before = Files.exists(scripts.path(script))
                    ? Files.readString(scripts.path(script)).replace("#!/bin/sh", "")
                    : "";
            scripts.with(
                    script,
                    "echo \"$TOKEN $(cat \"$FILE\")\" > '" + seen + "/" + script + "'; echo \"$FILE\" >> '"
                            + directory.resolve("paths") + "'\n" + before);
        }
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.CREATE, "a1")));
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.UPDATE, "a1")));
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.ARCHIVE, "a1")));
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.RESTORE, "a1")));
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.ARCHIVE, "a1")));
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.CLEANUP, "a1")));
        TestProject.await("the notifications", () -> Files.exists(seen.resolve("notifications")) ? true : null);
        DefaultsService.get().ask(demo.project, Overrides.NONE);
        DefaultsService.get().askTags(demo.project);
        for (ControlScript script : ControlScript.values()) {
            TestProject.await(
                    script + " to be asked",
                    () -> Files.exists(seen.resolve(script.fileName()))
                                    && Files.readString(seen.resolve(script.fileName()))
                                            .equals(TOKEN + " content of a file\n")
                            ? script
                            : null);
        }
        TestProject.await("the staging to be gone", () -> demo.staging("a1") == null ? true : null);
        for (String path : Files.readAllLines(directory.resolve("paths"))) {
            TestProject.await(path + " to be gone", () -> Files.exists(Path.of(path)) ? null : path);
        }
    }

    @Test
    void filesGoWithAnAbortedScript(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins);
        TestCredentials.in(demo.project).text("token", TOKEN).file("file", "file", "content");
        TestCredentials.bind(demo.project, new StringBinding("TOKEN", "token"), new FileBinding("FILE", "file"));
        Path path = scripts.file("path");
        scripts.with(ControlScript.CREATE, "echo \"$FILE\" > '" + path + "'; echo begun; sleep 600");
        scripts.with(ControlScript.CHECK, "echo \"no $TOKEN\"; exit 1");
        var accepted = demo.submit(Kind.CREATE, "a1");
        demo.printing(accepted, "begun");
        Path file = Path.of(Files.readString(path).trim());
        assertTrue(Files.exists(file));
        List<String> commands = ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .toList();
        assertTrue(commands.stream().anyMatch(command -> command.contains("/create")), "that of the script is there");
        assertFalse(commands.stream().anyMatch(command -> command.contains(TOKEN)), "as ps shows it");
        StagingService.abort(accepted.staging());
        StagingRun run = demo.finished(accepted);
        jenkins.assertBuildStatus(Result.ABORTED, run);
        assertFalse(Files.exists(file));
        assertFalse(JenkinsRule.getLog(run).contains(TOKEN));
    }

    @Test
    void whatCantBeGivenIsSaidBeforeAnythingIsRun(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins);
        TestCredentials.bind(demo.project, new StringBinding("TOKEN", "token"));
        String unknown = "There is no credential “token” that project “demo” may use: add it to the "
                + "project, to a folder above it or to Jenkins, or name a different one.";
        // Who asks is told, as the early config_check can't be asked.
        assertEquals(
                unknown,
                assertThrows(
                                io.jenkins.plugins.octopod.engine.RefusalException.class,
                                () -> demo.submit(Kind.CREATE, "a1"))
                        .getMessage());
        TestCredentials.in(demo.project).login("token", "somebody", "password");
        assertEquals(
                "The credential “token” is of the kind “Username with password”, but project "
                        + "“demo” needs a different kind: choose a different credential.",
                assertThrows(ScriptFailureException.class, () -> ScriptCredentialsProvider.of(demo.project))
                        .restrictedMessage()
                        .detail());
    }

    @Test
    void foldersAndJenkinsHaveCredentialsForAProject(JenkinsRule jenkins) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        OctopodProject project = new OctopodProject(folder, "inner");
        folder.add(project, "inner");
        project.onCreatedFromScratch();
        Folder other = jenkins.createProject(Folder.class, "other");
        TestCredentials.in(folder).text("team", "of the team");
        TestCredentials.in(other).text("foreign", "of others");
        TestCredentials.in(jenkins.jenkins).text("global", "of Jenkins").text("team", "of Jenkins, and hidden");
        TestCredentials.bind(project, new StringBinding("A", "team"), new StringBinding("B", "global"));
        ScriptSecrets secrets = ScriptCredentialsProvider.of(project);
        assertEquals("**** ****", secrets.mask().apply("of the team of Jenkins"));
        TestCredentials.bind(project, new StringBinding("A", "foreign"));
        assertThrows(ScriptFailureException.class, () -> ScriptCredentialsProvider.of(project));
    }

    @Test
    void isNotedOnTheCredentialsPage(JenkinsRule jenkins) throws Exception {
        TestProject demo = project(jenkins);
        TestCredentials.in(demo.project).text("token", TOKEN).text("named", "another-secret");
        TestCredentials.bind(demo.project, new StringBinding("TOKEN", "token"));
        demo.project.getPipelineAccess().setCredentials("named");
        demo.finished(demo.submit(Kind.CREATE, "a1", "A=credentials:named"));
        assertEquals(Status.Running, demo.staging("a1").getStatus());
        for (String id : List.of("token", "named")) {
            IdCredentials credentials = CredentialsProvider.findCredentialByIdInItemGroup(
                    id, IdCredentials.class, demo.project, ACL.SYSTEM2, List.of());
            Fingerprint fingerprint = CredentialsProvider.getFingerprintOf(credentials);
            assertTrue(fingerprint.getRangeSet("demo/a1").includes(1), id);
        }
    }
}
