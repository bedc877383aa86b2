package io.jenkins.plugins.octopod.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is masked, and how much of a text can be told before there is more of it. */
class MaskTest {

    @Test
    void secretsAreMasked() {
        Mask mask = mask("hunter22", "swordfish");
        assertEquals("a **** and a ****, ****!", mask.apply("a hunter22 and a swordfish, hunter22!"));
        assertEquals("nothing", mask.apply("nothing"));
        assertEquals("hunter2", Mask.NONE.apply("hunter2"));
        assertSame(Mask.NONE, Mask.of(Pattern.compile("")));
    }

    @Test
    void whatMayBeTheBeginningOfASecretWaits() {
        Mask mask = mask("hunter22", "hunter22\nand more", "er2x");
        assertEquals(4, mask.settled("say "));
        assertEquals(4, mask.settled("say h"));
        assertEquals(4, mask.settled("say hunter2"));
        assertEquals(4, mask.settled("say hunter22"), "a longer one begins with it");
        assertEquals(4, mask.settled("say hunter22\nand"));
        assertEquals("say hunter22\nand more".length(), mask.settled("say hunter22\nand more"));
        assertEquals("say hunter22,".length(), mask.settled("say hunter22,"));
        assertEquals(
                "say hunter2".length() - "er2".length(),
                mask.settled("say bunter2"),
                "the end of one is another’s beginning");
        assertEquals("say hunters".length(), mask.settled("say hunters"));
        assertEquals(3, Mask.NONE.settled("say"));
    }

    @Test
    void aTextThatWasCutOffSaysNothingOfASecret() {
        assertEquals("it is ", mask("hunter22").applyToBeginning("it is hunter2"));
        assertEquals("it is ****", mask("hunter22").applyToBeginning("it is hunter22"));
    }

    /** In whichever pieces it comes, what is told is the same. */
    @Test
    void anyPieces() {
        Mask mask = mask("abc", "abcabd", "bcab", "caa");
        String text = "abcabcabdabcaabccabcabcabc bcabcaa";
        for (int size = 1; size < text.length(); size++) {
            StringBuilder told = new StringBuilder();
            String held = "";
            for (int from = 0; from < text.length(); from += size) {
                held += text.substring(from, Math.min(text.length(), from + size));
                int settled = mask.settled(held);
                told.append(mask.apply(held.substring(0, settled)));
                held = held.substring(settled);
            }
            assertEquals(mask.apply(text), told + mask.apply(held), "pieces of " + size);
        }
    }

    private static Mask mask(String... secrets) {
        return Mask.of(Pattern.compile(Arrays.stream(secrets)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"))));
    }
}
