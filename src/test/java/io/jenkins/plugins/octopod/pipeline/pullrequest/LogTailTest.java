package io.jenkins.plugins.octopod.pipeline.pullrequest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LogTailTest {

    @Test
    void isABlockThatNothingInItEnds() {
        assertEquals("```\na\nb\n```\n", LogTail.block("a\nb\nFinished: FAILURE\n"));
        assertEquals("`````\n```` x\n`````\n", LogTail.block("```` x\n"));
        assertEquals("", LogTail.block(" \nFinished: FAILURE\n"));
    }

    @Test
    void hasNoEscapeSequences() {
        assertEquals("```\nred\n```\n", LogTail.block("\u001b[31mred\u001b[0m\n"));
    }

    @Test
    void isBounded() {
        String lines = LogTail.block("x\n".repeat(10_000));
        assertEquals(LogTail.MAX_LINES + 2, lines.lines().count());
        String line = LogTail.block("\ud83d\udc19".repeat(10_000) + "\n");
        assertTrue(line.length() <= LogTail.MAX_LENGTH + 10, line.length() + " characters");
        assertTrue(line.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF));
    }
}
