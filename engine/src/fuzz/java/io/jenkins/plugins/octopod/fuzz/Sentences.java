package io.jenkins.plugins.octopod.fuzz;

import io.jenkins.plugins.octopod.engine.text.PrintableText;
import java.util.regex.Pattern;

/** What holds of each sentence by which an input is refused, whatever the input was. */
public final class Sentences {

    /** In characters: what is quoted is cut, so that a refusal of a long input stays short. */
    public static final int MAX_LENGTH = 1000;

    private static final Pattern INTERNALS =
            Pattern.compile("java\\.|jackson|fabric8|snakeyaml|\\bnull\\b|[a-z]Exception\\b|@[0-9a-f]{6,8}\\b");

    private Sentences() {}

    /**
     * Fails unless the text is one line that can be printed and is not too long.
     *
     * @param sentence null fails as well
     */
    public static void assertOneLine(String sentence) {
        check(sentence != null && !sentence.isBlank(), "there is no sentence");
        check(sentence.length() <= MAX_LENGTH, "the sentence has " + sentence.length() + " characters");
        check(sentence.chars().noneMatch(Character::isISOControl), "the sentence has a control character", sentence);
        check(PrintableText.of(sentence).equals(sentence), "the sentence can’t be printed", sentence);
        check(PrintableText.firstUnstorable(sentence).isEmpty(), "the sentence can’t be stored", sentence);
    }

    /** As {@link #assertOneLine}, of a sentence that quotes nothing that it could have such words from. */
    public static void assertNoInternals(String sentence) {
        assertOneLine(sentence);
        check(!INTERNALS.matcher(sentence).find(), "the sentence tells of the code", sentence);
    }

    private static void check(boolean holds, String problem, String sentence) {
        check(holds, problem + ": " + sentence);
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new AssertionError(problem);
        }
    }
}
