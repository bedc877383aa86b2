package io.jenkins.plugins.octopod.engine;

import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.text.PrintableText;
import io.jenkins.plugins.octopod.engine.text.QuotedText;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Dotted configuration keys. Parts are trimmed and empty parts dropped, so {@code a.. b} becomes {@code a.b}. A dot
 * within a part is written as {@code \\.}.
 */
final class ConfigurationKey {

    /** Matches a dot without a backslash before it. */
    private static final Pattern SEPARATOR = Pattern.compile("(?<!\\\\)\\.");

    private ConfigurationKey() {}

    /** Returns the normalized key; empty if no part is left. */
    static String normalize(String key) {
        return Arrays.stream(SEPARATOR.split(key))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("."));
    }

    /**
     * Returns the normalized key.
     *
     * @throws RefusalException if no part is left, or the key contains what {@code KEY=VALUE} can't represent
     */
    static String require(String key) throws RefusalException {
        String normalized = key == null ? "" : normalize(key);
        if (normalized.isEmpty()) {
            throw new RefusalException(
                    Reason.INVALID_INPUT, "An override has no key: write it as KEY=VALUE, such as image.tag=015f16e.");
        }
        Optional<String> wrong = normalized
                .codePoints()
                .filter(Character::isISOControl)
                .mapToObj(character -> String.format("U+%04X", character))
                .findFirst()
                .or(() -> PrintableText.firstUnstorable(normalized));
        if (wrong.isPresent()) {
            throw new RefusalException(
                    Reason.INVALID_INPUT,
                    "The override key “" + quoted(normalized) + "” has the character " + wrong.get()
                            + " in it, which a key can’t have: remove it.");
        }
        if (normalized.indexOf('=') >= 0) {
            throw new RefusalException(
                    Reason.INVALID_INPUT,
                    "The override key “" + quoted(normalized) + "” has a “=” in it, which a key can’t have.");
        }
        return normalized;
    }

    private static String quoted(String key) {
        return QuotedText.of(key, Overrides.MAX_QUOTED_LENGTH);
    }
}
