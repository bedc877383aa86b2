package io.jenkins.plugins.octopod.staging.note;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Rules for the text of a note: at most two lines of plain text. */
public final class NoteText {

    public static final int MAX_LINES = 2;

    /** Maximum number of characters of all lines together, with the line end between them. */
    public static final int MAX_LENGTH = 200;

    private static final Pattern LINE_END = Pattern.compile("\\R");

    private NoteText() {}

    /**
     * Returns the text as it is stored: lines without spaces around them, separated by line feeds, and without empty
     * lines. Empty if there is no text.
     *
     * @param typed text from outside, with any kind of line ends; null for none
     * @throws RefusalException if it is too long, or contains a character that can’t be shown
     */
    public static String of(@CheckForNull String typed) throws RefusalException {
        if (typed == null) {
            return "";
        }
        List<String> lines = LINE_END.splitAsStream(typed)
                .map(line -> line.replace('\t', ' ').strip())
                .filter(line -> line.codePoints().anyMatch(NoteText::isVisible))
                .toList();
        String text = lines.stream().collect(Collectors.joining("\n"));
        int length = text.codePointCount(0, text.length());
        if (length > MAX_LENGTH) {
            throw refusal(Messages.NoteText_tooLong(MAX_LENGTH, length));
        }
        if (lines.size() > MAX_LINES) {
            throw refusal(Messages.NoteText_tooManyLines(MAX_LINES, lines.size()));
        }
        OptionalInt refused = text.codePoints().filter(NoteText::isRefused).findFirst();
        if (refused.isPresent()) {
            throw refusal(Messages.NoteText_character(String.format("U+%04X", refused.getAsInt())));
        }
        return text;
    }

    private static RefusalException refusal(String sentence) {
        return new RefusalException(Reason.INVALID_INPUT, sentence);
    }

    /** Returns whether a line with the character isn’t empty for a reader. */
    private static boolean isVisible(int character) {
        return isRefused(character)
                || !Character.isWhitespace(character)
                        && !Character.isSpaceChar(character)
                        && Character.getType(character) != Character.FORMAT;
    }

    /**
     * Returns whether the character can’t be shown or stored: a control character, an unpaired surrogate, a noncharacter,
     * or a character that changes the direction of the text around the note.
     */
    private static boolean isRefused(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL && character != '\n'
                || type == Character.SURROGATE
                || (character & 0xFFFE) == 0xFFFE
                || character >= 0x202A && character <= 0x202E
                || character >= 0x2066 && character <= 0x2069;
    }
}
