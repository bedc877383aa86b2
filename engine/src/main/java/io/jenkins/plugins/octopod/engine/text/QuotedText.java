package io.jenkins.plugins.octopod.engine.text;

/** Text from outside as a sentence quotes it: on one line, printable, storable, and not longer than it helps. */
public final class QuotedText {

    private static final String ELLIPSIS = "…";

    private QuotedText() {}

    /**
     * The text with a space for each line break and tab, and without other control characters; what exceeds the length is
     * replaced by an ellipsis.
     *
     * @param maxLength in characters, of the text without the ellipsis
     */
    public static String of(String text, int maxLength) {
        boolean cut = text.length() > maxLength;
        String plain = PrintableText.of(cut ? text.substring(0, maxLength) : text);
        StringBuilder quoted = new StringBuilder(plain.length());
        plain.codePoints().forEach(character -> quoted.appendCodePoint(isSpace(character) ? ' ' : character));
        return cut ? quoted + ELLIPSIS : quoted.toString();
    }

    private static boolean isSpace(int character) {
        return Character.isISOControl(character) || character == 0x2028 || character == 0x2029;
    }
}
