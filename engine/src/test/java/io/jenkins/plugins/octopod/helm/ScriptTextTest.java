package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv;
import io.jenkins.plugins.octopod.engine.process.ScriptCommand;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.engine.process.ScriptRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts as text. */
class ScriptTextTest {

    @Test
    void shellCheckFindsNothing() throws Exception {
        Path shellcheck = HelmTools.find("SHELLCHECK", "shellcheck").orElse(null);
        assumeTrue(shellcheck != null, "There is no shellcheck on the PATH, nor does SHELLCHECK name one.");
        List<String> words = new ArrayList<>(List.of(shellcheck.toString(), "-x", "-P", "SCRIPTDIR", "-s", "sh"));
        try (Stream<Path> files = Files.walk(HelmScripts.DIRECTORY)) {
            files.filter(file -> Files.isExecutable(file) && Files.isRegularFile(file)
                            || file.toString().endsWith(".sh"))
                    .forEach(file -> words.add(file.toString()));
        }
        ScriptResult result = new ScriptRunner(100_000)
                .run(new ScriptCommand(words, HelmScripts.DIRECTORY, Map.of(), Duration.ofSeconds(120)));
        assertEquals("", result.stdout() + result.stderr());
    }

    /** A script has one function of a name: of two, the one that was read last is called by both files. */
    @Test
    void eachFunctionOfTheLibrariesHasItsOwnName() throws Exception {
        Pattern function = Pattern.compile("(?m)^([a-z_]+)\\(\\) \\{");
        try (Stream<Path> files = Files.list(HelmScripts.DIRECTORY.resolve("lib"))) {
            List<String> names = new ArrayList<>();
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".sh")).toList()) {
                function.matcher(Files.readString(file)).results().forEach(found -> names.add(found.group(1)));
            }
            assertEquals(
                    List.copyOf(new TreeSet<>(names)), names.stream().sorted().toList());
        }
    }

    /** Whatever a chart’s value is, no part of it is taken for a row of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "", " a ", "a\rb", "a\r", "a\nb,c", "\"a\"", "-n", "\\r\\n", "$(id)"})
    void aRowOfCsvReadsBack(String value) throws Exception {
        ScriptResult result = new ScriptRunner(100_000)
                .run(new ScriptCommand(
                        List.of("/bin/sh", "-c", ". ./csv.sh; csv_row KEY \"$1\"", "sh", value),
                        HelmScripts.DIRECTORY.resolve("lib"),
                        Map.of(),
                        Duration.ofSeconds(60)));
        assertEquals(
                Configuration.of(Map.of("KEY", value)),
                ScriptOutputCsv.configuration(ControlScript.APPLICATION_CONFIG, result.stdout()));
    }
}
