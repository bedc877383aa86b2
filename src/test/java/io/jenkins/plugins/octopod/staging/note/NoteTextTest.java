package io.jenkins.plugins.octopod.staging.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be a note, and as what it is stored. */
class NoteTextTest {

    @Test
    void linesAreWithoutSpacesAroundThem() throws Exception {
        assertEquals("for Anna’s demo\non Thursday", NoteText.of("  for Anna’s demo\t\r\n\r\n\ton Thursday \n"));
        assertEquals("a b", NoteText.of("a\tb"));
        for (String lineEnd : new String[] {"\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\u000B", "\f"}) {
            assertEquals("a\nb", NoteText.of("a" + lineEnd + "b"));
        }
    }

    @Test
    void nothingIsNoNote() throws Exception {
        assertEquals("", NoteText.of(null));
        assertEquals("", NoteText.of(""));
        assertEquals("", NoteText.of(" \r\n\t\u3000"));
        assertEquals("", NoteText.of("\u00A0\n\u200B\uFEFF"));
    }

    @Test
    void lengthIsLimited() throws Exception {
        String longest = "😀".repeat(150) + "\n" + "x".repeat(49);
        assertEquals(longest, NoteText.of(longest));
        assertRefused("A note has at most 200 characters, and this one has 201: shorten it.", longest + "x");
    }

    @Test
    void linesAreLimited() {
        assertRefused("A note has at most 2 lines, and this one has 3: write it on fewer lines.", "a\nb\n\nc");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 0x1B, 0x7F, 0x9B, 0x202A, 0x202E, 0x2066, 0x2069, 0xD800, 0xDFFF, 0xFFFE, 0x1FFFF})
    void whatCannotBeShownIsRefused(int character) {
        String name = String.format("U+%04X", character);
        assertRefused(
                "The note contains the character " + name + ", which can’t be shown: remove it.",
                "a" + Character.toString(character) + "b");
    }

    @Test
    void allLanguagesCanBeWritten() throws Exception {
        for (String text : new String[] {"für Änne", "لعرض آنا", "对于安娜的演示", "👩\u200D💻 \u200Fא", "<b>&amp;"}) {
            assertEquals(text, NoteText.of(text));
        }
    }

    private static void assertRefused(String sentence, String typed) {
        RefusalException refusal = assertThrows(RefusalException.class, () -> NoteText.of(typed));
        assertEquals(sentence, refusal.getMessage());
        assertEquals(Reason.INVALID_INPUT, refusal.getReason());
    }
}
