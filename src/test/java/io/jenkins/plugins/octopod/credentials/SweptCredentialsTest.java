package io.jenkins.plugins.octopod.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.slaves.DumbSlave;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jenkinsci.plugins.credentialsbinding.impl.FileBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.StringBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Sweeps give scripts the same as runs do, once for all that are asked together. */
@WithSharedJenkins
class SweptCredentialsTest {

    private static final String TOKEN = "hush-4711";

    @TempDir
    private Path directory;

    @Test
    void aBatchIsGivenItOnce(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        TestCredentials.in(swept.demo.project)
                .text("token", TOKEN)
                .text("db", "another-secret")
                .file("file", "file", "content");
        TestCredentials.bind(swept.demo.project, new StringBinding("TOKEN", "token"), new FileBinding("FILE", "file"));
        swept.create("a1", "b1");
        swept.demo.project.getPipelineAccess().setCredentials("db");
        swept.finished(swept.demo.submit(Kind.CREATE, "c1", "PASSWORD=credentials:db"));
        for (String name : List.of("a1", "b1", "c1")) {
            swept.tell(
                    ControlScript.CHECK,
                    name,
                    "echo \"$FILE\" > path-" + name + "; cat \"$FILE\" > content-" + name
                            + "; echo \"down: $TOKEN $*\"; exit 1");
        }
        swept.sweep("a1", "b1", "c1");
        Path file = Path.of(Files.readString(directory.resolve("path-a1")).trim());
        for (String name : List.of("a1", "b1", "c1")) {
            assertEquals(
                    file,
                    Path.of(Files.readString(directory.resolve("path-" + name)).trim()));
            assertEquals("content", Files.readString(directory.resolve("content-" + name)));
            assertEquals(Status.GenericFailure, swept.staging(name).getStatus());
        }
        TestProject.await(
                "the file to be gone", () -> Files.exists(file.getParent().getParent()) ? null : file);
        assertTrue(TestCredentials.isNoted(swept.demo.project, "token"));
        String reason = swept.staging("c1").observedState().reason();
        assertTrue(reason.contains("down: **** --project-name"), reason);
        assertTrue(reason.endsWith("PASSWORD=****"), reason);

        // One whose credential is gone isn't asked, and keeps no other from being asked.
        TestCredentials.in(swept.demo.project).remove("db");
        swept.tell(ControlScript.CHECK, "a1", "exit 0");
        swept.sweep("a1", "c1");
        assertEquals(Status.Running, swept.staging("a1").getStatus());
        assertTrue(swept.staging("c1").isStale());
        TestCredentials.in(swept.demo.project).remove("token");
        swept.sweep("a1");
        assertEquals(Status.Running, swept.staging("a1").getStatus());
        assertTrue(swept.staging("a1").isStale(), "nothing of it is known");
    }

    /** Else somebody could find out what another staging's secret is, by having a script print guesses; or hide what it says. */
    @Test
    void aSecretOfOneStagingMasksNothingOfAnother(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        TestCredentials.in(swept.demo.project).text("db", "another-secret");
        swept.demo.project.getPipelineAccess().setCredentials("db");
        swept.create("a1");
        swept.finished(swept.demo.submit(Kind.CREATE, "c1", "PASSWORD=credentials:db"));
        for (String name : List.of("a1", "c1")) {
            swept.tell(ControlScript.CHECK, name, "echo 'is it another-secret?'; exit 1");
        }
        swept.sweep("a1", "c1");
        assertTrue(swept.staging("a1").observedState().reason().endsWith("is it another-secret?"));
        assertTrue(swept.staging("c1").observedState().reason().endsWith("is it ****?"));
    }

    @Test
    void aValueThatDiffersAtEachReadIsNoReasonToRunInitEachTime(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        TestCredentials.in(swept.demo.project).dynamic("token");
        TestCredentials.bind(swept.demo.project, new StringBinding("TOKEN", "token"));
        swept.scripts.with(ControlScript.INIT, "echo init >> '" + directory + "/inits'");
        swept.create("a1");
        swept.tell(ControlScript.CHECK, "a1", "printf '%s\\n' \"$TOKEN\" | sed s/-/_/ >> tokens");
        for (int i = 0; i < 5; i++) {
            swept.sweep("a1");
        }
        assertEquals(List.of("init"), Files.readAllLines(directory.resolve("inits")));
        List<String> tokens = Files.readAllLines(directory.resolve("tokens"));
        assertEquals(5, tokens.size());
        assertEquals(5, Set.copyOf(tokens).size(), "each check gets the value of now: " + tokens);
    }

    /** The agent is killed while a script has a file: nobody was there to remove it. */
    @Test
    void whatAKilledAgentHasLeftIsRemovedWhenItComesBack(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory.resolve("scripts"));
        Path root = directory.resolve("agent");
        DumbSlave agent = new DumbSlave("agent", root.toString(), jenkins.createComputerLauncher(null));
        agent.setNumExecutors(2);
        agent.setLabelString(TestProject.LABEL);
        agent.setRetentionStrategy(new RetentionStrategy.Always());
        TestProject.addAgent(jenkins, agent);
        TestCredentials.in(swept.demo.project).file("file", "file", "content of a secret file");
        TestCredentials.bind(swept.demo.project, new FileBinding("FILE", "file"));
        swept.create("a1", "b1");
        swept.scripts.with(
                ControlScript.UPDATE,
                "echo \"$FILE\" > '" + directory + "/running'; echo begun; while ! test -f '" + directory
                        + "/go'; do sleep 0.1; done; cat \"$FILE\" > '" + directory + "/read'");
        var update = swept.demo.submit(Kind.UPDATE, "b1");
        swept.demo.printing(update, "begun");
        swept.clock.catchUp();
        swept.tell(ControlScript.CHECK, "a1", "echo \"$FILE\" > '" + directory + "/asked'; sleep 1000");
        swept.clock.goOn(SweptProject.INTERVAL);
        swept.tickUntil("the check", () -> Files.exists(directory.resolve("asked")));
        Path asked = Path.of(Files.readString(directory.resolve("asked")).trim());
        Path running = Path.of(Files.readString(directory.resolve("running")).trim());
        // Whoever waited for this script is no more: its process id was another's, before the machine was restarted.
        Path forgotten = Files.createDirectories(root.resolve("octopod/forgotten/secrets"));
        Files.writeString(forgotten.resolve("file"), "content of a secret file");
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(root.resolve("octopod/forgotten/pid"), gone.pid() + "\n");

        SweptProject.kill(agent);
        swept.tickUntil("the status to be stale", swept.staging("a1")::isStale);
        assertTrue(Files.exists(asked));
        swept.tell(ControlScript.CHECK, "a1", "exit 0");
        SweptProject.reconnect(agent);
        assertFalse(Files.exists(asked));
        assertFalse(Files.exists(forgotten));
        assertTrue(Files.exists(running), "its script is running");
        Files.createFile(directory.resolve("go"));
        swept.finished(update);
        assertEquals("content of a secret file", Files.readString(directory.resolve("read")));
        assertFalse(Files.exists(running));
        try (Stream<Path> left = Files.walk(root)) {
            assertEquals(
                    List.of(root.resolve("octopod/forgotten/pid")),
                    left.filter(Files::isRegularFile)
                            .filter(file -> file.startsWith(root.resolve("octopod")))
                            .toList());
        }
    }
}
