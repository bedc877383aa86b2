package io.jenkins.plugins.octopod.scripts.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import org.junit.jupiter.api.Test;

/** The line that people are shown of what a script has printed. */
class ScriptFailureMessagesTest {

    private static String last(String stdout, String stderr, int most) {
        return ScriptFailureMessages.lastLine(
                ScriptResult.exited(1).withStdout(stdout).withStderr(stderr), most);
    }

    @Test
    void theLastLineThatSaysSomething() {
        assertEquals("three", last("", "one\ntwo\r\n \tthree \r\n \n\u2003\n", 100));
        assertEquals("two", last("one\rtwo\r", " \n", 100));
        assertEquals("one", last("one", "", 100));
        assertEquals("", last(" \n \r\n", "", 100));
        assertEquals("", last("", "", 100));
    }

    @Test
    void aLongOneIsCutBetweenCharacters() {
        assertEquals("abc…", last("x\n abcdef\n", "", 3));
        assertEquals("ab…", last("ab\uD83D\uDE00cd", "", 3));
        assertEquals("ab\uD83D\uDE00…", last("ab\uD83D\uDE00cd", "", 4));
    }
}
