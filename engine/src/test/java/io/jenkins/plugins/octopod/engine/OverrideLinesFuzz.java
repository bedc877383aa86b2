package io.jenkins.plugins.octopod.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.text.PrintableText;
import io.jenkins.plugins.octopod.fuzz.FuzzInput;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import java.util.List;

/** Lines of overrides are read, and reach a control script as they are, or are refused with a sentence. */
public final class OverrideLinesFuzz {

    private static final ProjectIdentity PROJECT = new ProjectIdentity("shop", "example.com", "apps");

    private OverrideLinesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String lines = new FuzzInput(input).text();
        Overrides overrides;
        try {
            overrides = Overrides.parse(lines);
        } catch (RefusalException e) {
            Sentences.assertOneLine(e.getMessage());
            return;
        }
        overrides.asMap().forEach(OverrideLinesFuzz::assertUsable);
        assertReadsBack(overrides);
        assertArgumentsAreThese(overrides.applyTo(Configuration.EMPTY));
    }

    private static void assertUsable(String key, String value) {
        assertEquals(key, ConfigurationKey.normalize(key), "a key is kept as it is compared");
        assertFalse(key.isEmpty());
        assertEquals(-1, key.indexOf('='), key);
        assertTrue(key.chars().noneMatch(Character::isISOControl), key);
        assertTrue(PrintableText.firstUnstorable(key).isEmpty(), key);
        assertTrue(value == null || PrintableText.firstUnstorable(value).isEmpty(), value);
    }

    /** A key that begins with {@code #} can’t be typed as a line, but {@code -#a} and {@code .#a} can. */
    private static void assertReadsBack(Overrides overrides) {
        if (overrides.asMap().keySet().stream().anyMatch(key -> key.startsWith("#"))) {
            return;
        }
        try {
            assertEquals(overrides, Overrides.parse(overrides.toString()));
        } catch (RefusalException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertArgumentsAreThese(Configuration configuration) {
        List<String> arguments = ScriptArguments.deployment(PROJECT, configuration);
        List<String> pairs = arguments.subList(6, arguments.size());
        assertEquals(2 * configuration.asMap().size(), pairs.size());
        int index = 0;
        for (var entry : configuration.asMap().entrySet()) {
            assertEquals("--deployment-config", pairs.get(index));
            String pair = pairs.get(index + 1);
            int equals = pair.indexOf('=');
            assertEquals(entry.getKey(), pair.substring(0, equals), "a script splits at the first “=”");
            assertEquals(entry.getValue(), pair.substring(equals + 1));
            index += 2;
        }
    }
}
