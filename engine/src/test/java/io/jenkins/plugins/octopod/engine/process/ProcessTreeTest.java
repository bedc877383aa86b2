package io.jenkins.plugins.octopod.engine.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.process.ScriptResult.Termination;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that don't end by themselves, and what they leave behind. */
class ProcessTreeTest {

    /** Ignores SIGTERM, and so do its children. */
    private static final String STUBBORN = "trap '' TERM";

    @TempDir
    Path directory;

    private final ProcessCookie cookie = ProcessCookie.unique();

    @AfterEach
    void killAll() {
        new ProcessTree(null, cookie).kill(Duration.ZERO);
    }

    @Test
    void killsAScriptThatHangs() throws Exception {
        ScriptResult result = runFor(Duration.ofMillis(500), "echo begun", "sleep 60");
        assertEquals(Termination.TIMED_OUT, result.end());
        assertEquals(ScriptResult.NO_EXIT_CODE, result.exitCode());
        assertEquals("begun\n", result.stdout());
        assertFalse(result.isSuccess());
        assertNoneLeft();
    }

    @Test
    void killsAGrandchildThatIgnoresTerm() throws Exception {
        Scripts.write(directory, "grandchild", STUBBORN, "while :; do sleep 1; done");
        Scripts.write(directory, "child", directory + "/grandchild &", "wait");
        ScriptResult result = runFor(Duration.ofSeconds(1), directory + "/child");
        assertEquals(Termination.TIMED_OUT, result.end());
        assertNoneLeft();
    }

    @Test
    void killsWhatHasDetachedItself() throws Exception {
        Scripts.write(directory, "daemon", STUBBORN, "echo $$ > " + directory + "/pid", "sleep 60");
        ScriptResult result =
                runFor(Duration.ofSeconds(1), "( setsid " + directory + "/daemon >/dev/null 2>&1 & )", "sleep 60");
        assertEquals(Termination.TIMED_OUT, result.end());
        long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        assertFalse(ProcessHandle.of(pid).map(ProcessTreeTest::isWorking).orElse(false));
        assertNoneLeft();
    }

    @Test
    void killsADescendantWithoutTheCookie() throws Exception {
        Scripts.write(directory, "clean", STUBBORN, "echo $$ > " + directory + "/pid", "while :; do sleep 1; done");
        ScriptResult result = runFor(Duration.ofSeconds(1), "env -i PATH=\"$PATH\" " + directory + "/clean");
        assertEquals(Termination.TIMED_OUT, result.end());
        long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        assertFalse(ProcessHandle.of(pid).map(ProcessTreeTest::isWorking).orElse(false));
    }

    @Test
    void letsAScriptTidyUp() throws Exception {
        runFor(Duration.ofMillis(500), "trap 'echo tidied > " + directory + "/tidied; exit' TERM", "sleep 60 & wait");
        assertTrue(Files.exists(directory.resolve("tidied")));
    }

    @Test
    void boundsWhatAScriptPrintsWithoutEnd() throws Exception {
        ScriptResult result = runFor(Duration.ofSeconds(2), "yes");
        assertEquals(Termination.TIMED_OUT, result.end());
        assertTrue(result.truncated());
        assertTrue(result.stdout().startsWith("y\ny\n"));
        assertNoneLeft();
    }

    @Test
    void killsAllWhenInterrupted() throws Exception {
        Path script = Scripts.write(directory, "hangs", "touch " + directory + "/begun", "sleep 60 & wait");
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                run(script, Duration.ofSeconds(60));
                ended.complete(null);
            } catch (InterruptedException e) {
                ended.completeExceptionally(e);
            }
        });
        thread.start();
        while (!Files.exists(directory.resolve("begun"))) {
            Thread.sleep(20);
        }
        assertFalse(cookie.processes().isEmpty());
        thread.interrupt();
        ExecutionException failure = assertThrows(ExecutionException.class, () -> ended.get(20, TimeUnit.SECONDS));
        assertEquals(InterruptedException.class, failure.getCause().getClass());
        assertNoneLeft();
    }

    @Test
    void findsWhatAScriptLeavesBehind() throws Exception {
        ScriptResult result = runFor(Duration.ofSeconds(30), "sleep 60 >/dev/null 2>&1 &", "echo $!");
        assertEquals(Termination.EXITED, result.end());
        Set<ProcessHandle> left = cookie.processes();
        assertEquals(1, left.size());
        assertEquals(
                result.stdout().strip(), String.valueOf(left.iterator().next().pid()));
        assertTrue(new ProcessTree(null, cookie).kill(ScriptRunner.GRACE));
        assertNoneLeft();
    }

    /** The system shows no environment of a process while that becomes another program. */
    @Test
    void findsAProcessThatIsBecomingAnother() throws Exception {
        Path restless = Scripts.write(directory, "restless", "exec \"$0\"");
        runFor(Duration.ofSeconds(30), restless + " >/dev/null 2>&1 &");
        for (int look = 0; look < 200; look++) {
            assertEquals(1, cookie.processes().size(), "at look " + look);
        }
    }

    @Test
    void anotherCookieFindsNothing() throws Exception {
        runFor(Duration.ofSeconds(30), "sleep 60 >/dev/null 2>&1 &");
        assertEquals(Set.of(), ProcessCookie.unique().processes());
        String start = cookie.value().substring(0, cookie.value().length() - 1);
        assertEquals(Set.of(), new ProcessCookie(ProcessCookie.VARIABLE, start).processes());
    }

    private ScriptResult runFor(Duration timeout, String... lines) throws InterruptedException {
        return run(Scripts.write(directory, "script", lines), timeout);
    }

    private ScriptResult run(Path script, Duration timeout) throws InterruptedException {
        return new ScriptRunner(10_000)
                .run(new ScriptCommand(
                        List.of(script.toString()), null, Map.of(cookie.variable(), cookie.value()), timeout));
    }

    private void assertNoneLeft() {
        assertEquals(Set.of(), cookie.processes());
    }

    /** Zombies that nobody reaps (a container whose first process isn't an init) are gone for our purposes. */
    private static boolean isWorking(ProcessHandle process) {
        try {
            return process.isAlive()
                    && !Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                            .contains(") Z ");
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
