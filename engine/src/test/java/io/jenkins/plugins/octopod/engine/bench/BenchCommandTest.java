package io.jenkins.plugins.octopod.engine.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.process.ScriptCommand;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.engine.process.ScriptRunner;
import io.jenkins.plugins.octopod.engine.process.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/bench} itself, in a checkout with a space in its path whose Maven only notes that it was called. */
class BenchCommandTest {

    @TempDir
    Path directory;

    private Path checkout;
    private Path bench;

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = directory.resolve("check out");
        Files.createDirectories(checkout.resolve("bin"));
        Files.createDirectories(checkout.resolve("engine/src/main"));
        Files.createDirectories(checkout.resolve("engine/target"));
        Files.createFile(checkout.resolve("engine/pom.xml"));
        bench = Files.copy(Path.of("../bin/bench"), checkout.resolve("bin/bench"), StandardCopyOption.COPY_ATTRIBUTES);
        Scripts.write(checkout.resolve("bin"), "mvn", "echo \"$*\" >> '" + checkout + "/built'");
        for (String part : List.of("classes", "bench-libs")) {
            Files.createSymbolicLink(
                    checkout.resolve("engine/target/" + part),
                    Path.of("target", part).toAbsolutePath());
        }
    }

    /** JUnit warns of links that lead out of a temporary directory. */
    @AfterEach
    void removeLinks() throws IOException {
        Files.delete(checkout.resolve("engine/target/classes"));
        Files.delete(checkout.resolve("engine/target/bench-libs"));
    }

    @Test
    void buildsOnceAndAgainWhenSourcesAreNewer() throws Exception {
        ScriptResult first = run(bench, "--help");
        assertTrue(first.isSuccess(), first.stderr());
        assertTrue(first.stdout().startsWith("Usage: bin/bench DIRECTORY"), first.stdout());
        assertTrue(first.stderr().startsWith("Building the bench"), first.stderr());
        assertEquals("", run(bench, "--help").stderr());
        assertEquals(1, builds().size());
        assertTrue(builds().get(0).contains("-f " + checkout.toRealPath() + "/engine/pom.xml"), builds()::toString);

        Path source = Files.createFile(checkout.resolve("engine/src/main/New.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
        run(bench, "--help");
        assertEquals(2, builds().size());
    }

    @Test
    void aFailedBuildIsTriedAgain() throws Exception {
        Scripts.write(checkout.resolve("bin"), "mvn", "echo 'no network' >&2", "exit 1");
        for (int i = 0; i < 2; i++) {
            ScriptResult result = run(bench, "--help");
            assertEquals(1, result.exitCode());
            assertTrue(result.stderr().contains("no network\nThe bench can’t be built"), result.stderr());
        }
    }

    @Test
    void worksThroughLinksFromAnywhereAndPassesTheStatusOn() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("else where"));
        Path absolute = Files.createSymbolicLink(directory.resolve("absolute"), bench);
        Path relative = Files.createSymbolicLink(elsewhere.resolve("relative"), Path.of("../absolute"));
        GoodScripts scripts = new GoodScripts(elsewhere);
        assertEquals(0, run(relative, "control scripts").exitCode());
        scripts.lifecycle("update", "exit 1");
        ScriptResult broken = run(relative, "control scripts");
        assertEquals(1, broken.exitCode());
        assertFalse(broken.stdout().contains("\u001b"));
        assertEquals(2, run(relative, "no such directory").exitCode());
    }

    @Test
    void respectsJavaHome() throws Exception {
        Path home = Files.createDirectories(directory.resolve("java home/bin"));
        Scripts.write(home, "java", "echo this one");
        Map<String, String> environment = Map.of("JAVA_HOME", home.getParent().toString());
        assertEquals("this one\n", run(environment, bench, "--help").stdout());
        Files.delete(home.resolve("java"));
        ScriptResult result = run(environment, bench, "--help");
        assertEquals(1, result.exitCode());
        assertTrue(result.stderr().contains("There is no “" + home + "/java”"), result.stderr());
    }

    private ScriptResult run(Path command, String... arguments) throws InterruptedException {
        return run(Map.of("JAVA_HOME", System.getProperty("java.home")), command, arguments);
    }

    /** In the directory where the command is. */
    private ScriptResult run(Map<String, String> environment, Path command, String... arguments)
            throws InterruptedException {
        List<String> words = new ArrayList<>(List.of(command.toString()));
        words.addAll(List.of(arguments));
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("MVN", null);
        return new ScriptRunner(1_000_000)
                .run(new ScriptCommand(words, command.getParent(), variables, Duration.ofSeconds(60)));
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(checkout.resolve("built"));
    }
}
