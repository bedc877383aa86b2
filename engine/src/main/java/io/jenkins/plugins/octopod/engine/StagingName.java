package io.jenkins.plugins.octopod.engine;

import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.text.PrintableText;
import io.jenkins.plugins.octopod.engine.text.QuotedText;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Name of a staging: a DNS label that starts with a letter, because control scripts use it in host names, Helm releases
 * and Kubernetes objects.
 *
 * @param value text of the name, as in {@code --name}
 */
public record StagingName(String value) {

    /** The original Octopod's maximum length, and the default of the project setting. */
    public static final int DEFAULT_MAX_LENGTH = 16;

    /** The lowest maximum length that leaves space for a {@link #fromBranch hash} and some readable characters. */
    public static final int MIN_LENGTH_LIMIT = 10;

    /** Helm's limit for a release name. */
    public static final int MAX_LENGTH_LIMIT = 53;

    private static final int MIN_LENGTH = 2;

    /** Limit in characters for a quoted name. */
    private static final int MAX_QUOTED_LENGTH = 60;

    private static final Pattern RULE = Pattern.compile("[a-z][a-z0-9-]*[a-z0-9]");
    private static final int HASH_LENGTH = 6;

    /**
     * Letters of a hash, without vowels. A hash doesn't begin with a digit either, so that neither a six-letter word
     * nor a number looks like a hash.
     */
    private static final String HASH_LETTERS = "bcdfghjklmnpqrstvwxz";

    private static final String HASH_DIGITS = HASH_LETTERS + "0123456789";
    private static final Pattern HASH_SUFFIX =
            Pattern.compile(".*-[" + HASH_LETTERS + "][" + HASH_DIGITS + "]{" + (HASH_LENGTH - 1) + "}");

    /**
     * Returns the name that a user typed.
     *
     * @param maxLength maximum length in characters, from the project's settings
     * @throws RefusalException if the name violates the rule; the message says how
     */
    public static StagingName of(String name, int maxLength) throws RefusalException {
        if (name == null || name.isBlank()) {
            throw invalid("Give the staging a name, such as “orange-button”.");
        }
        if (name.length() < MIN_LENGTH) {
            throw invalid(
                    "The name “" + quoted(name) + "” is too short: it needs at least " + MIN_LENGTH + " characters.");
        }
        if (name.length() > maxLength) {
            throw invalid("The name “" + quoted(name) + "” is too long: " + name.length()
                    + " characters, where this project allows " + maxLength + ".");
        }
        if (!RULE.matcher(name).matches()) {
            throw invalid("The name “" + quoted(name)
                    + "” can’t be used: a name has only lower-case letters (a–z), "
                    + "digits and hyphens, starts with a letter and doesn’t end with a hyphen.");
        }
        return new StagingName(name);
    }

    /**
     * Converts a branch name (or other text) to a name. A valid name stays unchanged. Any other text keeps its readable
     * characters and gets a hash of the whole text, so that {@code fix/a} and {@code fix-a} are two stagings, and a
     * branch always gets the same one. A valid name whose end looks like a hash gets a hash, too, because it could be
     * the result for a different branch.
     *
     * @param maxLength maximum length in characters, from the project's settings, at least {@link #MIN_LENGTH_LIMIT}
     * @throws RefusalException if the branch name is empty, or contains a character that can't be stored
     * @throws IllegalArgumentException if the maximum length leaves no space for the hash
     */
    public static StagingName fromBranch(String branch, int maxLength) throws RefusalException {
        if (maxLength < MIN_LENGTH_LIMIT) {
            throw new IllegalArgumentException(
                    "names need at least " + MIN_LENGTH_LIMIT + " characters, not " + maxLength);
        }
        if (branch == null || branch.isBlank()) {
            throw invalid("There is no branch name to make the staging’s name from: set “name”.");
        }
        Optional<String> unstorable = PrintableText.firstUnstorable(branch);
        if (unstorable.isPresent()) {
            throw invalid("The branch “" + quoted(branch) + "” has the character " + unstorable.get()
                    + " in it, which can’t be stored: remove it.");
        }
        if (isValid(branch, maxLength) && !HASH_SUFFIX.matcher(branch).matches()) {
            return new StagingName(branch);
        }
        String readable = readable(branch);
        readable = readable.substring(0, Math.min(readable.length(), maxLength - HASH_LENGTH - 1))
                .replaceAll("-+$", "");
        return new StagingName((readable.isEmpty() ? "s" : readable) + '-' + hash(branch));
    }

    /**
     * Returns the valid name most similar to what a user typed, as a suggestion; empty if there is none. Unlike
     * {@link #fromBranch}, different texts can have the same result.
     *
     * @param maxLength maximum length in characters, from the project's settings
     */
    public static Optional<StagingName> nearest(String typed, int maxLength) {
        String readable = readable(typed);
        String cut =
                readable.substring(0, Math.min(readable.length(), maxLength)).replaceAll("-+$", "");
        return isValid(cut, maxLength) ? Optional.of(new StagingName(cut)) : Optional.empty();
    }

    private static String readable(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+", "");
    }

    private static boolean isValid(String name, int maxLength) {
        return name.length() >= MIN_LENGTH
                && name.length() <= maxLength
                && RULE.matcher(name).matches();
    }

    /** Returns one of nearly 500 million hashes (20 × 30⁵). */
    private static String hash(String text) {
        BigInteger rest;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            rest = new BigInteger(1, digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        StringBuilder hash = new StringBuilder();
        for (int i = 0; i < HASH_LENGTH; i++) {
            String digits = i == 0 ? HASH_LETTERS : HASH_DIGITS;
            BigInteger[] divided = rest.divideAndRemainder(BigInteger.valueOf(digits.length()));
            hash.append(digits.charAt(divided[1].intValue()));
            rest = divided[0];
        }
        return hash.toString();
    }

    private static RefusalException invalid(String sentence) {
        return new RefusalException(Reason.INVALID_NAME, sentence);
    }

    private static String quoted(String name) {
        return QuotedText.of(name, MAX_QUOTED_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
