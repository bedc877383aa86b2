package io.jenkins.plugins.octopod.engine.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.process.ScriptResult.Termination;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that end by themselves, or can't be started. */
class ScriptRunnerTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final ScriptRunner runner = new ScriptRunner(100_000);

    @Test
    void keepsStdoutAndStderrApart() throws Exception {
        ScriptResult result = run(Scripts.write(directory, "both", "echo out", "echo err >&2"));
        assertTrue(result.isSuccess());
        assertEquals("out\n", result.stdout());
        assertEquals("err\n", result.stderr());
        assertFalse(result.truncated());
        assertFalse(result.undecodable());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 42, 255})
    void tellsTheExitCode(int code) throws Exception {
        ScriptResult result = run(Scripts.write(directory, "exits", "exit " + code));
        assertEquals(Termination.EXITED, result.end());
        assertEquals(code, result.exitCode());
        assertEquals(code == 0, result.isSuccess());
    }

    @Test
    void passesArgumentsAsTheyAre() throws Exception {
        Path script = Scripts.write(directory, "echoes", "for a; do printf '%s\\n' \"[$a]\"; done");
        ScriptResult result = runner.run(new ScriptCommand(
                List.of(script.toString(), "$HOME `id`", "", "it's \"quoted\""), null, Map.of(), LONG));
        assertEquals("[$HOME `id`]\n[]\n[it's \"quoted\"]\n", result.stdout());
    }

    /** In which of the two ways depends on the locale that the tests run in. */
    @Test
    void passesUnicodeOrSaysThatItCannot() throws Exception {
        Path script = Scripts.write(directory, "echoes", "printf %s \"$1\"");
        ScriptResult result =
                runner.run(new ScriptCommand(List.of(script.toString(), "grüße 🐙"), null, Map.of(), LONG));
        if (NativeEncoding.canPass("grüße 🐙")) {
            assertEquals("grüße 🐙", result.stdout());
        } else {
            assertEquals(Termination.NOT_STARTED, result.end());
            assertTrue(
                    result.stderr().contains("can’t be given one of its arguments: this Java was started in a locale"));
        }
    }

    @Test
    void setsAndRemovesVariablesAndRunsInTheDirectory() throws Exception {
        Path script = Scripts.write(directory, "env", "echo \"${A:-unset} ${HOME:-unset}\"", "pwd -P");
        Map<String, String> environment = new HashMap<>();
        environment.put("A", "b");
        environment.put("HOME", null);
        ScriptResult result = runner.run(new ScriptCommand(List.of(script.toString()), directory, environment, LONG));
        assertEquals("b unset\n" + directory.toRealPath() + "\n", result.stdout());
    }

    @Test
    void aNullCookieIsReplacedByOneOfItsOwn() throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put(ProcessCookie.VARIABLE, null);
        Path script = Scripts.write(directory, "cookie", "printf %s \"$OCTOPOD_PROCESS\"");
        ScriptResult result = runner.run(new ScriptCommand(List.of(script.toString()), null, environment, LONG));
        assertEquals(36, result.stdout().length(), result.stdout());
    }

    @Test
    void hasNothingOnStdin() throws Exception {
        assertEquals("", run(Scripts.write(directory, "reads", "cat")).stdout());
    }

    @Test
    void doesNotWaitForAChildThatKeepsTheOutputOpen() throws Exception {
        ScriptResult result = run(Scripts.write(directory, "daemon", "sleep 60 &", "echo $!"));
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(result.stdout().strip())).orElseThrow();
        assertTrue(result.isSuccess());
        assertTrue(result.duration().compareTo(Duration.ofSeconds(20)) < 0, "took " + result.duration());
        assertTrue(child.isAlive(), "what a script leaves behind goes on running");
        child.destroyForcibly();
    }

    @Test
    void keepsTheHeadOfAHundredMegabytes() throws Exception {
        ScriptResult result = run(Scripts.write(
                directory,
                "prints",
                "echo head",
                "head -c 100000000 /dev/zero | tr '\\0' x",
                "head -c 100000000 /dev/zero >&2"));
        assertTrue(result.isSuccess());
        assertTrue(result.truncated());
        assertEquals(100_000, result.stdout().length());
        assertEquals(100_000, result.stderr().length());
        assertTrue(result.stdout().startsWith("head\nxxx"));
    }

    @Test
    void exactlyTheLimitIsNotTruncated() throws Exception {
        ScriptResult result = run(Scripts.write(directory, "prints", "head -c 100000 /dev/zero"));
        assertFalse(result.truncated());
        assertEquals(100_000, result.stdout().length());
    }

    @Test
    void aCharacterThatTheLimitCutsIsNotUndecodable() throws Exception {
        ScriptResult result = new ScriptRunner(4)
                .run(new ScriptCommand(
                        List.of(Scripts.write(directory, "prints", "echo abcü").toString()), null, Map.of(), LONG));
        assertEquals("abc", result.stdout());
        assertTrue(result.truncated());
        assertFalse(result.undecodable());
    }

    @Test
    void replacesWhatIsNotUtf8() throws Exception {
        ScriptResult result = run(Scripts.write(directory, "latin1", "printf 'gr\\374n\\n'"));
        assertTrue(result.undecodable());
        assertEquals("gr\uFFFDn\n", result.stdout());
    }

    @Test
    void keepsOutputWhereItIsTold() throws Exception {
        Path outputs = Files.createDirectory(directory.resolve("outputs"));
        Path script = Scripts.write(directory, "where", "readlink /proc/self/fd/1");
        ScriptResult result = new ScriptRunner(1000, outputs)
                .run(new ScriptCommand(List.of(script.toString()), null, Map.of(), LONG));
        assertTrue(Path.of(result.stdout().strip()).startsWith(outputs), result.stdout());
        assertEquals(List.of(), List.of(outputs.toFile().list()));
    }

    @Test
    void leavesNoTemporaryFiles() throws Exception {
        Path script = Scripts.write(directory, "where", "readlink /proc/self/fd/1");
        Path file = Path.of(run(script).stdout().strip());
        assertTrue(file.toString().contains("octopod-"), file.toString());
        assertFalse(Files.exists(file.getParent()));
    }

    @Test
    void resultsTravelBetweenMachines() throws Exception {
        ScriptResult result = run(Scripts.write(directory, "out", "echo out"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(result);
        assertEquals(result, new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject());
    }

    @Test
    void saysThatAScriptIsMissing() throws Exception {
        assertNotStarted(directory.resolve("create"), "isn’t there.");
    }

    @Test
    void saysThatALinkLeadsNowhere() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("create"), directory.resolve("gone"));
        assertNotStarted(link, "is a link to a file that isn’t there.");
    }

    @Test
    void saysThatAScriptIsNotExecutable() throws Exception {
        Path file = Files.writeString(directory.resolve("create"), "#!/bin/sh\n");
        assertNotStarted(file, "isn’t executable: run “chmod +x” on it.");
    }

    @Test
    void saysThatAScriptIsADirectory() throws Exception {
        assertNotStarted(Files.createDirectory(directory.resolve("create")), "is a directory, not a script.");
    }

    @Test
    void saysThatTheInterpreterIsMissing() throws Exception {
        assertNotStarted(
                Scripts.writeExact(directory, "create", "#! /no/such/python3 -u\n"),
                "can’t be run: its first line asks for “/no/such/python3”, which isn’t there or isn’t executable.");
    }

    @Test
    void saysThatTheLineEndsAreWindowsOnes() throws Exception {
        assertNotStarted(
                Scripts.writeExact(directory, "create", "#!/bin/sh\r\necho\r\n"),
                "has Windows line ends, so its first line names no interpreter: save it with Unix line ends.");
    }

    @Test
    void saysThatTheArgumentsAreTooLong() throws Exception {
        Path script = Scripts.write(directory, "create", "exit 0");
        ScriptResult result =
                runner.run(new ScriptCommand(List.of(script.toString(), "x".repeat(5_000_000)), null, Map.of(), LONG));
        assertEquals(Termination.NOT_STARTED, result.end());
        assertTrue(result.stderr().endsWith("are longer than this system allows."), result.stderr());
    }

    @Test
    void saysThatANulCannotBePassed() throws Exception {
        Path script = Scripts.write(directory, "create", "exit 0");
        for (ScriptCommand command : List.of(
                new ScriptCommand(List.of(script.toString(), "a\0b"), null, Map.of(), LONG),
                new ScriptCommand(List.of(script.toString()), null, Map.of("A=B", "c"), LONG))) {
            ScriptResult result = runner.run(command);
            assertEquals(Termination.NOT_STARTED, result.end());
            assertTrue(result.stderr().endsWith("that can’t be passed."), result.stderr());
        }
    }

    @Test
    void saysThatTheDirectoryIsMissing() throws Exception {
        ScriptResult result = runner.run(new ScriptCommand(List.of("true"), directory.resolve("gone"), Map.of(), LONG));
        assertEquals(Termination.NOT_STARTED, result.end());
        assertTrue(result.stderr().endsWith("there is no such directory."), result.stderr());
    }

    @Test
    void saysThatAProgramIsNotOnThePath() throws Exception {
        ScriptResult result = runner.run(new ScriptCommand(List.of("no-such-program"), null, Map.of(), LONG));
        assertEquals("“no-such-program” can’t be run: there is no such program on the PATH.", result.stderr());
    }

    /** The rest, in the system's words, whatever Java wraps them in. */
    @Test
    void saysWhatTheSystemSays() throws Exception {
        ScriptCommand command = new ScriptCommand(
                List.of(Scripts.write(directory, "create", "exit 0").toString()), null, Map.of(), LONG);
        for (String message : List.of(
                "Cannot run program \"x\": error=13, Permission denied",
                "Cannot run program \"x\": Exec failed, error: 13 (Permission denied) ")) {
            assertEquals(
                    "“" + command.command().get(0) + "” can’t be run: Permission denied.",
                    StartFailure.sentence(command, new IOException(message)));
        }
    }

    /** What another thread starts holds it open as well, for as long as a process takes to begin. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void waitsForAScriptThatIsBeingWritten() throws Exception {
        Path script = Scripts.write(directory, "written", "echo done");
        FutureTask<ScriptResult> running = new FutureTask<>(() -> run(script));
        Thread runs = new Thread(running);
        try (OutputStream open = Files.newOutputStream(script, StandardOpenOption.APPEND)) {
            runs.start();
            while (runs.getState() != Thread.State.TIMED_WAITING && runs.isAlive()) {
                Thread.onSpinWait();
            }
            assertTrue(runs.isAlive(), "it is tried again");
        }
        assertEquals("done\n", running.get().stdout());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void saysThatAScriptIsStillBeingWritten() throws Exception {
        Path script = Scripts.write(directory, "written", "exit 0");
        try (OutputStream open = Files.newOutputStream(script, StandardOpenOption.APPEND)) {
            assertNotStarted(script, "can’t be run: it is still being written to.");
        }
    }

    private void assertNotStarted(Path script, String why) throws Exception {
        ScriptResult result = run(script);
        assertEquals(Termination.NOT_STARTED, result.end());
        assertEquals("“" + script + "” " + why, result.stderr());
        assertEquals(ScriptResult.NO_EXIT_CODE, result.exitCode());
        assertFalse(result.isSuccess());
    }

    private ScriptResult run(Path script) throws InterruptedException {
        return runner.run(new ScriptCommand(List.of(script.toString()), null, Map.of(), LONG));
    }
}
