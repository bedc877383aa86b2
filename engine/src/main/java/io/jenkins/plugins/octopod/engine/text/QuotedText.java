package io.jenkins.plugins.octopod.engine.text;

/** Quotes text from outside in a sentence: on one line, printable, storable, and of limited length. */
public final class QuotedText {

    private static final String ELLIPSIS = "…";

    private QuotedText() {}

    /**
     * Returns the text with a space for each line break and tab, and without other control characters. An ellipsis
     * replaces the part that exceeds the length.
     *
     * @param maxLength maximum length in characters, without the ellipsis
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
