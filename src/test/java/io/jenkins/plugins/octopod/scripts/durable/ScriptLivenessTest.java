package io.jenkins.plugins.octopod.scripts.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.process.ProcessCookie;
import io.jenkins.plugins.octopod.engine.process.ProcessIdentity;
import io.jenkins.plugins.octopod.engine.process.ProcessTree;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.scripts.secrets.RemoteSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whether a script that was started on this machine runs, by what is written down of it. No Jenkins is needed. */
@EnabledOnOs(OS.LINUX)
class ScriptLivenessTest {

    private static final Duration CLOCK_ERROR = Duration.ofHours(1);

    private final ProcessCookie cookie = ProcessCookie.unique();

    @TempDir
    private Path root;

    private ScriptControlDirectory script;
    private ScriptLiveness liveness;

    @BeforeEach
    void name() {
        script = new ScriptControlDirectory(root.resolve(cookie.value()).toFile());
        liveness = new ScriptLiveness(script, cookie);
    }

    @AfterEach
    void killAll() {
        new ProcessTree(null, cookie).kill(Duration.ZERO);
    }

    @Test
    void clocksDoNotMatter() throws Exception {
        start("sleep 600");
        for (Duration error : List.of(CLOCK_ERROR, CLOCK_ERROR.negated())) {
            FileTime moved = FileTime.from(Instant.now().plus(error));
            for (String name : List.of("pid", "started", "stdout")) {
                Files.setLastModifiedTime(root.resolve(cookie.value()).resolve(name), moved);
            }
            assertFalse(follow().isOver(), "files that were written " + error + " from now");
            assertTrue(liveness.isRunning());
        }
    }

    @Test
    void anotherProcessWithTheSameIdIsNotTheScript() throws Exception {
        start("exit 0");
        end();
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            Files.delete(script.exit().toPath());
            script.write(script.pid(), other.pid());
            assertTrue(follow().lost());
            assertFalse(liveness.isRunning());
            Files.delete(script.identity().toPath());
            assertTrue(follow().lost(), "written down by an older version");
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void theMachineWasRestarted() throws Exception {
        start("exit 0");
        end();
        Files.delete(script.exit().toPath());
        script.write(script.pid(), ProcessHandle.current().pid());
        String identity = ProcessIdentity.of(ProcessHandle.current().pid()).text();
        Files.writeString(script.identity().toPath(), identity);
        assertFalse(follow().isOver(), "as long as it is the same boot");
        Files.writeString(
                script.identity().toPath(),
                identity.replaceFirst("boot=.*", "boot=00000000-0000-0000-0000-000000000000"));
        assertTrue(follow().lost());
    }

    @Test
    void anOlderVersionHasWrittenDownTheIdOnly() throws Exception {
        start("sleep 600");
        Files.delete(script.identity().toPath());
        Files.setLastModifiedTime(script.pid().toPath(), FileTime.from(Instant.EPOCH));
        assertFalse(follow().isOver());
        assertTrue(liveness.isRunning());
    }

    @Test
    void zombieHasEnded() throws Exception {
        start("exit 0");
        end();
        Files.delete(script.exit().toPath());
        Files.delete(script.identity().toPath());
        Path pid = root.resolve("zombie");
        // What replaces the shell doesn't know that it has a child, and never asks for its exit code.
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.5 & echo $! > '" + pid + "'; exec sleep 600").start();
        try {
            long zombie = TestProject.await(
                    "the child",
                    () -> Files.exists(pid) && !Files.readString(pid).isBlank()
                            ? Long.valueOf(Files.readString(pid).trim())
                            : null);
            TestProject.await(
                    "the zombie",
                    () -> Files.readString(Path.of("/proc/" + zombie + "/stat")).contains(") Z ") ? true : null);
            assertTrue(ProcessHandle.of(zombie).orElseThrow().isAlive(), "as Java says");
            script.write(script.pid(), zombie);
            assertTrue(follow().lost());
            assertFalse(liveness.isRunning());
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void scriptRunsOnWithoutWhatWaitsForIt() throws Exception {
        Path began = root.resolve("began");
        Path go = root.resolve("go");
        start("touch '" + began + "'; while [ ! -e '" + go + "' ]; do sleep 0.1; done");
        TestProject.await("the script to begin", () -> Files.exists(began) ? true : null);
        ProcessHandle.of(script.supervisorId().orElseThrow()).orElseThrow().destroyForcibly();
        TestProject.await("what waits for the script to end", () -> liveness.isSupervised() ? null : true);
        assertFalse(follow().isOver());
        assertTrue(liveness.isRunning());
        Files.createFile(go);
        TestProject.await("the script to end", () -> follow().lost() ? true : null);
        assertFalse(liveness.isRunning());
    }

    @Test
    void whatIsHalfWrittenIsNotThereYet() throws Exception {
        start("sleep 600");
        for (String part : List.of("", " ", "12x")) {
            Files.writeString(script.exit().toPath(), part);
            assertNull(follow().exitCode());
            assertFalse(follow().isOver());
            Files.writeString(script.pid().toPath(), part);
            assertFalse(follow().isOver(), "its cookie is there");
        }
    }

    @Test
    void whatCannotBeReadSaysNothing() throws Exception {
        start("exit 3");
        end();
        Files.delete(script.exit().toPath());
        Files.createDirectory(script.exit().toPath());
        assertThrows(IOException.class, this::follow);
        Files.delete(script.exit().toPath());
        script.write(script.exit(), 3);
        assertEquals(3, follow().exitCode());
    }

    @Test
    void secretFilesStayAsLongAsTheScriptRuns() throws Exception {
        start("sleep 600");
        Path secrets = script.secrets().toPath();
        Files.createFile(Files.createDirectory(secrets).resolve("file"));
        Files.setLastModifiedTime(script.pid().toPath(), FileTime.from(Instant.EPOCH));
        new OrphanedSecretsCleanup.Remove().invoke(root.toFile(), null);
        assertTrue(Files.exists(secrets.resolve("file")));
        Files.delete(script.pid().toPath());
        new OrphanedSecretsCleanup.Remove().invoke(root.toFile(), null);
        assertTrue(Files.exists(secrets.resolve("file")), "its cookie is there");
        assertTrue(liveness.kill());
        new OrphanedSecretsCleanup.Remove().invoke(root.toFile(), null);
        assertFalse(Files.exists(secrets));
    }

    @Test
    void startThatFailsLeavesNothingRunning() throws Exception {
        Path ran = root.resolve("ran");
        // Without the commands of the system, what waits for the script can't write down its process id.
        Path commands = Files.createDirectory(root.resolve("commands"));
        IOException refusal = assertThrows(
                IOException.class, () -> start("echo > '" + ran + "'; sleep 600", Map.of("PATH", commands.toString())));
        assertTrue(
                refusal.getMessage().contains("the shell that should wait for the script has ended"),
                refusal::getMessage);
        assertFalse(Files.exists(ran));
        assertEquals(Set.of(), cookie.processes());
        assertFalse(liveness.isRunning());
    }

    @Test
    void killedBeforeItStarted() throws Exception {
        Path ran = root.resolve("ran");
        assertTrue(script.directory().mkdir());
        assertTrue(liveness.isRunning(), "a start has begun");
        assertTrue(liveness.kill());
        assertFalse(liveness.isRunning());
        IOException refusal = assertThrows(IOException.class, () -> start("echo > '" + ran + "'"));
        assertTrue(refusal.getMessage().contains("killed before it was started"), refusal::getMessage);
        assertFalse(Files.exists(ran));
        assertFalse(liveness.isRunning());
        assertTrue(follow().lost());
    }

    @Test
    void startThatDoesNotComeAboutIsGivenUp() throws Exception {
        assertTrue(script.directory().mkdir());
        assertTrue(follow().lost());
        assertFalse(follow().unstarted(), "it isn’t known in which boot the start began");
        assertFalse(liveness.isRunning());
        assertThrows(IOException.class, () -> start("true"), "it never comes about afterwards");
    }

    @Test
    void interruptedStart() throws Exception {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> start("sleep 600"));
        assertEquals(Set.of(), cookie.processes());
        assertFalse(liveness.isRunning());
        assertTrue(follow().lost());
        assertEquals(ProcessCookie.isShown(), follow().unstarted(), "only Linux shows the id of a boot");
        assertThrows(IOException.class, () -> start("true"), "it never comes about afterwards");
    }

    private void start(String command) throws Exception {
        start(command, Map.of());
    }

    private void start(String command, Map<String, String> environment) throws Exception {
        new StartScript(List.of("/bin/sh", "-c", command), environment, RemoteSecrets.NONE, cookie)
                .invoke(script.directory(), null);
    }

    private void end() throws Exception {
        TestProject.await(
                "the script to end", () -> liveness.isSupervised() || script.exitCode() == null ? null : true);
    }

    private ScriptProgress follow() throws IOException, InterruptedException {
        return new FollowScript(0, 0, Duration.ZERO, cookie).invoke(script.directory(), null);
    }
}
