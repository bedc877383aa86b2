package io.jenkins.plugins.octopod.engine.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchOptionsTest {

    @TempDir
    Path directory;

    @Test
    void defaultsAreEnough() throws Exception {
        BenchOptions options = BenchOptions.parse(directory.toString());
        assertEquals(directory, options.directory().path());
        assertEquals(Duration.ofSeconds(300), options.timeout());
        assertEquals("bench", options.subject().name().value());
        assertEquals(null, options.junitXml());
    }

    @Test
    void overridesKeepWhateverTheirValueIs() throws Exception {
        BenchOptions options = BenchOptions.parse("-o", "a=b=c d", "-e", "-x=", directory.toString(), "-o", "e=");
        assertEquals(
                Map.of("a", "b=c d", "e", ""),
                options.subject().deploymentOverrides().asMap());
        assertEquals(Map.of("-x", ""), options.subject().applicationOverrides().asMap());
    }

    @Test
    void wrongUsageIsSaidInASentence() throws Exception {
        assertWrong("Say which directory of control scripts to try.");
        assertWrong("There is no directory “/no/such”.", "/no/such");
        assertWrong("“-o DEBUG” has no value: write KEY=VALUE.", directory.toString(), "-o", "DEBUG");
        assertWrong(
                "An override has no key: write it as KEY=VALUE, such as image.tag=015f16e.",
                directory.toString(),
                "-e",
                "=1");
        assertWrong("--timeout needs a number of seconds above 0.", directory.toString(), "--timeout", "0");
        assertWrong(
                "“" + directory + "/no/x.xml” can’t be written: check whether its directory exists.",
                directory.toString(),
                "--junit-xml",
                directory + "/no/x.xml");
        assertThrows(
                BenchOptions.UsageException.class, () -> BenchOptions.parse(directory.toString(), "--name", "Orange"));
        assertThrows(BenchOptions.UsageException.class, () -> BenchOptions.parse(directory.toString(), "--nonsense"));
        assertThrows(
                BenchOptions.UsageException.class, () -> BenchOptions.parse(directory.toString(), "--timeout", "x"));
    }

    @Test
    void exitStatusTellsUsageFromFindings() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream printOut = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream printErr = new PrintStream(err, true, StandardCharsets.UTF_8);
        assertEquals(2, Bench.run(printOut, printErr, OutputStyle.PLAIN));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("“bin/bench --help” says how"));
        assertEquals(0, Bench.run(printOut, printErr, OutputStyle.PLAIN, "--help"));
        String help = out.toString(StandardCharsets.UTF_8);
        for (String option : new String[] {
            "DIRECTORY",
            "--name",
            "-o",
            "-e",
            "--junit-xml",
            "--timeout",
            "--project-name",
            "--base-domain",
            "--namespace",
            "--help"
        }) {
            assertTrue(help.contains(option), help);
        }
    }

    private static void assertWrong(String sentence, String... arguments) {
        BenchOptions.UsageException wrong =
                assertThrows(BenchOptions.UsageException.class, () -> BenchOptions.parse(arguments));
        assertEquals(sentence, wrong.getMessage());
    }
}
