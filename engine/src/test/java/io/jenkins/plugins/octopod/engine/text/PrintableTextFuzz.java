package io.jenkins.plugins.octopod.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.fuzz.FuzzInput;

/** Whatever a script or a server says can be stored and printed afterwards. */
public final class PrintableTextFuzz {

    private PrintableTextFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzInput fuzzInput = new FuzzInput(input);
        // Texts from outside are long, and what is repeated must not take longer each time.
        int times = 1 << fuzzInput.nextNumber(0, 8);
        String text = fuzzInput.text().repeat(times);
        String printable = PrintableText.of(text);
        assertEquals(printable, PrintableText.of(printable), "what is printable stays");
        assertTrue(printable.length() <= text.length(), "nothing is added");
        printable.chars().forEach(character -> {
            boolean control = character < ' ' || character >= 0x7F && character < 0xA0;
            assertTrue(!control || "\n\r\t".indexOf(character) >= 0, () -> "U+%04X".formatted(character));
        });
    }
}
