package io.jenkins.plugins.octopod.engine.text;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Text from outside, such as from a script, a cluster or another server, without characters that XML 1.0 cannot contain
 * and without control sequences of terminals. It can be stored, and a terminal that prints it changes neither its
 * cursor nor its colors.
 */
public final class PrintableText {

    private static final char REPLACEMENT = '\uFFFD';

    /**
     * Forms of ECMA-48: control sequences, control strings up to their terminator, and short escape sequences. A
     * control string ends at the beginning of the next one, so that no part of a text is searched twice.
     */
    private static final Pattern ESCAPE_SEQUENCE = Pattern.compile("(?:\u001b\\[|\u009b)[0-?]*[ -/]*[@-~]"
            + "|(?:\u001b[\\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u0090\u0098\u009c-\u009f]*+(?:\u0007|\u001b\\\\|\u009c)"
            + "|\u001b[ -/]*[0-~]");

    private PrintableText() {}

    /**
     * Returns printable text. Removes escape sequences, replaces a carriage return without a line feed by a line feed,
     * and replaces other control characters, noncharacters and unpaired surrogates by U+FFFD. Tabs and line ends stay.
     */
    public static String of(String text) {
        if (isPrintable(text)) {
            return text;
        }
        String plain = ESCAPE_SEQUENCE.matcher(text).replaceAll("");
        StringBuilder printable = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); ) {
            int character = plain.codePointAt(i);
            i += Character.charCount(character);
            if (isPrintable(character) || character == '\r' && i < plain.length() && plain.charAt(i) == '\n') {
                printable.appendCodePoint(character);
            } else {
                printable.append(character == '\r' ? '\n' : REPLACEMENT);
            }
        }
        return printable.toString();
    }

    /**
     * Returns the Unicode name, such as {@code U+0000}, of the first character that XML cannot contain or changes;
     * empty if there is none. An unpaired surrogate counts as a character. For text that users type.
     */
    public static Optional<String> firstUnstorable(String text) {
        return text.codePoints()
                .filter(character -> !isStorable(character))
                .mapToObj(character -> String.format("U+%04X", character))
                .findFirst();
    }

    /**
     * Returns whether XML 1.0 allows the character, and XML 1.1, which Jenkins writes, doesn't change it to a line
     * feed.
     */
    private static boolean isStorable(int character) {
        if (character == 0x85 || character == 0x2028) {
            return false;
        }
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || character >= ' ' && character < Character.MIN_SURROGATE
                || character > Character.MAX_SURROGATE && character != 0xFFFE && character != 0xFFFF;
    }

    private static boolean isPrintable(String text) {
        return text.codePoints().allMatch(PrintableText::isPrintable);
    }

    private static boolean isPrintable(int character) {
        if (character < 0xA0) {
            return character >= ' ' && character < 0x7F || character == '\n' || character == '\t';
        }
        boolean surrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        return !surrogate && (character & 0xFFFE) != 0xFFFE;
    }
}
