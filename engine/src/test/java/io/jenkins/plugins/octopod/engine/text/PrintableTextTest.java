package io.jenkins.plugins.octopod.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text with characters that cannot be stored as XML or that control a terminal. */
class PrintableTextTest {

    @Test
    void ordinaryTextStays() {
        String text = "image.tag,v1\r\n\tgrün 漢字 😀 “quoted” \u00a0\n";
        assertEquals(text, PrintableText.of(text));
        String unix = text.replace("\r", "");
        assertSame(unix, PrintableText.of(unix));
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "colors,\u001b[31;1merror\u001b[0m: no chart,error: no chart",
                "cursor,\u001b[2K\u001b[1Aup,up",
                "one-byte control sequence,\u009b31mred,red",
                "title up to BEL,\u001b]0;title\u0007text,text",
                "link up to ST,\u001b]8;;https://example.com\u001b\\text\u001b]8;;\u001b\\,text",
                "device control string,\u001bPq#0\u001b\\text,text",
                "character set,\u001b(Btext,text",
                "reset,\u001bctext,text",
                "escape character alone,a\u001b,a\ufffd",
                "NUL,no \u0000chart,no \ufffdchart",
                "bell and backspace,a\u0007\bb,a\ufffd\ufffdb",
                "delete and next line,a\u007f\u0085b,a\ufffd\ufffdb",
                "noncharacters,a\ufffe\uffffb,a\ufffd\ufffdb",
                "high surrogate alone,a\ud83d,a\ufffd",
                "low surrogate alone,\ude00a,\ufffda",
            })
    void becomesPrintable(String what, String text, String printable) {
        assertEquals(printable, PrintableText.of(text), what);
    }

    /** Progress bars write over their line. */
    @Test
    void aCarriageReturnBeginsALine() {
        assertEquals("10 %\n100 %\ndone\r\n", PrintableText.of("10 %\r100 %\rdone\r\n"));
    }

    /** A control string without an end must not swallow what follows in other lines that a script prints. */
    @Test
    void aSequenceWithoutEndLosesOnlyItsBeginning() {
        assertEquals("title\nerror", PrintableText.of("\u001b]title\nerror").replace("\ufffd", ""));
    }

    /** A control string that isn’t ended is looked through once, however many there are: this ends at once, or not today. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void controlStringsThatArentEnded() {
        String introducers = "\u009d\u0090\u0098\u009e\u009f".repeat(1 << 18);
        assertEquals(introducers.length(), PrintableText.of(introducers).length());
        assertEquals("\uFFFDab", PrintableText.of("\u009d\u009dx\u009cab"));
    }
}
