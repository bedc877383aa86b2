package io.jenkins.plugins.octopod.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ScriptOutputCsv.SuggestedTag;
import io.jenkins.plugins.octopod.fuzz.FuzzInput;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import java.util.List;
import java.util.stream.Collectors;

/** Whatever a config script or {@code info} prints is read, and reads back, or is refused with a sentence. */
public final class ScriptOutputCsvFuzz {

    private ScriptOutputCsvFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String output = new FuzzInput(input).text();
        try {
            Configuration read = ScriptOutputCsv.configuration(ControlScript.APPLICATION_CONFIG, output);
            assertEquals(read, ScriptOutputCsv.configuration(ControlScript.APPLICATION_CONFIG, print(read)));
            read.asMap().forEach((key, value) -> assertFalse(key.isEmpty()));
            assertTrue(length(read) <= output.length(), "nothing is made up");
        } catch (UnreadableOutputException e) {
            Sentences.assertOneLine(e.getMessage());
        }
        try {
            List<StagingLink> links = ScriptOutputCsv.links(output);
            for (StagingLink link : links) {
                assertTrue(!link.isSafe() || link.url().matches("(?is)https?:.*"), link.url());
            }
        } catch (UnreadableOutputException e) {
            Sentences.assertOneLine(e.getMessage());
        }
        try {
            for (SuggestedTag tag : ScriptOutputCsv.tags(output)) {
                assertFalse(tag.tag().isEmpty());
                assertFalse(tag.description().contains("\n"), tag.description());
            }
        } catch (UnreadableOutputException e) {
            Sentences.assertOneLine(e.getMessage());
        }
        for (String key : ScriptOutputCsv.keys(output)) {
            assertFalse(key.isEmpty());
            assertFalse(key.contains("\n"), key);
        }
    }

    private static int length(Configuration configuration) {
        return configuration.asMap().entrySet().stream()
                .mapToInt(entry -> entry.getKey().length() + entry.getValue().length())
                .sum();
    }

    private static String print(Configuration configuration) {
        return configuration.asMap().entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ',' + quoted(entry.getValue()) + '\n')
                .collect(Collectors.joining());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
