package io.jenkins.plugins.octopod.scripts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ProcessCookie;
import io.jenkins.plugins.octopod.scripts.durable.FollowScript;
import io.jenkins.plugins.octopod.scripts.durable.ScriptControlDirectory;
import io.jenkins.plugins.octopod.scripts.durable.ScriptProgress;
import io.jenkins.plugins.octopod.scripts.durable.StartScript;
import io.jenkins.plugins.octopod.scripts.secrets.RemoteSecrets;
import io.jenkins.plugins.octopod.scripts.secrets.SecretFilesDirectory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done otherwise on Windows agents, tried on whatever machine this is: no Windows is needed, and none was used. */
class WindowsAgentTest {

    @TempDir
    private Path directory;

    @Test
    void scriptsHaveExtensions() throws Exception {
        for (String name : List.of("create.bat", "update.cmd", "archive.exe", "check", "cleanup.sh")) {
            assertTrue(Files.createFile(directory.resolve(name)).toFile().setExecutable(true));
        }
        Map<ControlScript, ListScripts.ScriptListing> found = ListScripts.inspect(directory.toFile(), true);
        assertEquals(
                Map.of(
                        ControlScript.CREATE, new ListScripts.ScriptListing("create.bat", ListScripts.State.READY),
                        ControlScript.UPDATE, new ListScripts.ScriptListing("update.cmd", ListScripts.State.READY),
                        ControlScript.ARCHIVE, new ListScripts.ScriptListing("archive.exe", ListScripts.State.READY)),
                found);
        assertEquals(
                Map.of(ControlScript.CHECK, new ListScripts.ScriptListing("check", ListScripts.State.READY)),
                ListScripts.inspect(directory.toFile(), false));
    }

    @Test
    void theAgentItselfWaits() throws Exception {
        File control = directory.toFile();
        ScriptControlDirectory controlDirectory = new ScriptControlDirectory(control);
        Files.createDirectories(controlDirectory.work().toPath());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(java, "--no-such-option");
        ProcessCookie cookie = ProcessCookie.unique();
        new StartScript(command, Map.of(), RemoteSecrets.NONE, cookie)
                .startWatchedByAgent(
                        controlDirectory,
                        command,
                        SecretFilesDirectory.ofStarted(controlDirectory.secrets(), RemoteSecrets.NONE));
        ScriptProgress last;
        long stderr = 0;
        do {
            last = new FollowScript(0, stderr, Duration.ofSeconds(10), cookie).invoke(control, null);
            stderr += last.stderr().length;
        } while (!last.isOver());
        assertEquals(1, last.exitCode());
        assertFalse(last.lost());
        assertTrue(Files.readString(controlDirectory.stderr().toPath(), StandardCharsets.UTF_8)
                .contains("no-such-option"));
        assertArrayEquals(new byte[0], last.stdout());
    }

    @Test
    void anExitCodeMayBeWrittenDownLate() throws Exception {
        ScriptControlDirectory controlDirectory = new ScriptControlDirectory(directory.toFile());
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        controlDirectory.write(controlDirectory.pid(), gone.pid());
        CompletableFuture<Void> agent = CompletableFuture.runAsync(
                () -> {
                    try {
                        controlDirectory.write(controlDirectory.exit(), 3);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
        ScriptProgress last =
                new FollowScript(0, 0, Duration.ZERO, ProcessCookie.unique()).invoke(directory.toFile(), null);
        agent.get();
        assertFalse(last.lost());
        assertEquals(3, last.exitCode());
    }
}
