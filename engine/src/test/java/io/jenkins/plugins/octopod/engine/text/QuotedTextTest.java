package io.jenkins.plugins.octopod.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuotedTextTest {

    @Test
    void isOnOneLine() {
        assertEquals("a b c", QuotedText.of("a\nb\tc", 10));
        assertEquals("a b", QuotedText.of("a\u2028b", 10));
        assertEquals("red", QuotedText.of("\u001b[31mred\u001b[0m", 20));
    }

    /** Half of a character isn’t one. */
    @Test
    void isCut() {
        assertEquals("abc", QuotedText.of("abc", 3));
        assertEquals("abc…", QuotedText.of("abcd", 3));
        assertEquals("ab\uFFFD…", QuotedText.of("ab\uD83D\uDE00", 3));
    }
}
