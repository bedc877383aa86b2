package io.jenkins.plugins.octopod.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.jenkins.plugins.octopod.scripts.secrets.SecretMask;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is masked, and how much of a text can be told before there is more of it. */
class SecretMaskTest {

    @Test
    void secretsAreMasked() {
        SecretMask secretMask = mask("hunter22", "swordfish");
        assertEquals("a **** and a ****, ****!", secretMask.apply("a hunter22 and a swordfish, hunter22!"));
        assertEquals("nothing", secretMask.apply("nothing"));
        assertEquals("hunter2", SecretMask.NONE.apply("hunter2"));
        assertSame(SecretMask.NONE, SecretMask.of(Pattern.compile("")));
    }

    @Test
    void whatMayBeTheBeginningOfASecretWaits() {
        SecretMask secretMask = mask("hunter22", "hunter22\nand more", "er2x");
        assertEquals(4, secretMask.safePrefixLength("say "));
        assertEquals(4, secretMask.safePrefixLength("say h"));
        assertEquals(4, secretMask.safePrefixLength("say hunter2"));
        assertEquals(4, secretMask.safePrefixLength("say hunter22"), "a longer one begins with it");
        assertEquals(4, secretMask.safePrefixLength("say hunter22\nand"));
        assertEquals("say hunter22\nand more".length(), secretMask.safePrefixLength("say hunter22\nand more"));
        assertEquals("say hunter22,".length(), secretMask.safePrefixLength("say hunter22,"));
        assertEquals(
                "say hunter2".length() - "er2".length(),
                secretMask.safePrefixLength("say bunter2"),
                "the end of one is another’s beginning");
        assertEquals("say hunters".length(), secretMask.safePrefixLength("say hunters"));
        assertEquals(3, SecretMask.NONE.safePrefixLength("say"));
    }

    @Test
    void aTextThatWasCutOffSaysNothingOfASecret() {
        assertEquals("it is ", mask("hunter22").applyToTruncated("it is hunter2"));
        assertEquals("it is ****", mask("hunter22").applyToTruncated("it is hunter22"));
    }

    /** In whichever pieces it comes, what is told is the same. */
    @Test
    void anyPieces() {
        SecretMask secretMask = mask("abc", "abcabd", "bcab", "caa");
        String text = "abcabcabdabcaabccabcabcabc bcabcaa";
        for (int size = 1; size < text.length(); size++) {
            StringBuilder told = new StringBuilder();
            String held = "";
            for (int from = 0; from < text.length(); from += size) {
                held += text.substring(from, Math.min(text.length(), from + size));
                int settled = secretMask.safePrefixLength(held);
                told.append(secretMask.apply(held.substring(0, settled)));
                held = held.substring(settled);
            }
            assertEquals(secretMask.apply(text), told + secretMask.apply(held), "pieces of " + size);
        }
    }

    private static SecretMask mask(String... secrets) {
        return SecretMask.of(Pattern.compile(Arrays.stream(secrets)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"))));
    }
}
