package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv;
import io.jenkins.plugins.octopod.engine.UnreadableOutputException;
import io.jenkins.plugins.octopod.fuzz.FuzzInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the scripts write as CSV is read as it was, and what they write as a line is one line, and reads back. */
public final class ShellTextFuzz {

    private static final Path LIBRARY = Path.of("../scripts/helm/lib");
    private static final String SCRIPT =
            """
            set -eu
            . "$1/csv.sh"
            . "$1/text.sh"
            csv_row "$2" "$3"
            printf '\\001'
            escape "$3"
            printf '%s\\001' "$line"
            unescape "$line"
            printf '%s\\001' "$text"
            """;

    private ShellTextFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException, UnreadableOutputException {
        List<String> texts = new FuzzInput(input).texts(2);
        String key = argument(texts.get(0));
        String value = argument(texts.get(1));
        String[] printed = run(key, value);
        assertTrue(!printed[1].contains("\n"), "a line is one line");
        assertEquals(value, printed[2], "a line reads back");
        if (!Configuration.of(Map.of(key, "")).asMap().isEmpty()) {
            assertEquals(
                    Configuration.of(Map.of(key, value)),
                    ScriptOutputCsv.configuration(ControlScript.APPLICATION_CONFIG, printed[0]),
                    "a row of CSV reads back");
        }
    }

    /** What an argument of a program can be; and not the character that separates what is printed. */
    private static String argument(String text) {
        String encodable = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return encodable.replaceAll("[\\x00\\x01]", "");
    }

    private static String[] run(String key, String value) throws IOException {
        Path out = Files.createTempFile("octopod-fuzz", null);
        try {
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", SCRIPT, "sh", LIBRARY.toString(), key, value)
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("LC_ALL", "C.UTF-8");
            assertEquals(0, FuzzProcess.start(builder).waitFor());
            return Files.readString(out).split("\001", -1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            Files.delete(out);
        }
    }
}
