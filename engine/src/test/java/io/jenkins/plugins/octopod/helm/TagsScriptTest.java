package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ScriptArguments;
import io.jenkins.plugins.octopod.engine.process.ScriptCommand;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.engine.process.ScriptRunner;
import io.jenkins.plugins.octopod.engine.process.Scripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the script {@code tags}, which needs neither Helm nor a cluster. */
class TagsScriptTest {

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>();

    private ScriptResult tags(String... settings) throws Exception {
        Path file = Files.write(directory.resolve("settings"), List.of(settings));
        environment.put("OCTOPOD_HELM_SETTINGS", file.toString());
        List<String> words =
                new ArrayList<>(List.of(HelmScripts.DIRECTORY.resolve("tags").toString()));
        words.addAll(ScriptArguments.project(HelmScripts.PROJECT));
        return new ScriptRunner(100_000).run(new ScriptCommand(words, directory, environment, Duration.ofSeconds(60)));
    }

    private String program(String name) {
        Scripts.write(directory, name, "echo \"" + name + ",$2 of $4\"");
        return directory.resolve(name).toString();
    }

    @Test
    void printsNothingWithoutAProgram() throws Exception {
        ScriptResult result = tags();
        assertTrue(result.isSuccess(), result.stderr());
        assertEquals("", result.stdout());
    }

    @Test
    void printsWhatTheProgramPrints() throws Exception {
        ScriptResult result = tags("tags " + program("my tags"));
        assertTrue(result.isSuccess(), result.stderr());
        assertEquals("my tags,shop of staging.example.com\n", result.stdout());
    }

    @Test
    void theVariableTakesPrecedence() throws Exception {
        environment.put("OCTOPOD_HELM_TAGS", program("v2"));
        assertEquals(
                "v2,shop of staging.example.com\n",
                tags("tags " + program("v1")).stdout());
    }

    @Test
    void saysThatTheProgramIsMissing() throws Exception {
        ScriptResult result = tags("tags /nowhere/tags");
        assertEquals(1, result.exitCode());
        assertEquals(
                "The program /nowhere/tags, which lists the tags, isn't an executable file on this machine.",
                result.stderr().strip());
    }
}
