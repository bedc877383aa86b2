package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.octopod.engine.process.ScriptCommand;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.engine.process.ScriptRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts as text. */
class ScriptTextTest {

    private static final Path DEMO = Path.of("../demo/scripts");

    /** The demo's are there to be copied, and these are copies: what is mended in one is mended in the other. */
    @ParameterizedTest
    @ValueSource(strings = {"lib/arguments.sh", "lib/csv.sh"})
    void whatIsCopiedFromTheDemoIsTheSame(String file) throws Exception {
        assertEquals(Files.readString(DEMO.resolve(file)), Files.readString(HelmScripts.DIRECTORY.resolve(file)));
    }

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
}
