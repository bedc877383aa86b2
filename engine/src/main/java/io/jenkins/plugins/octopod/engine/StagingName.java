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
 * The name of a staging: a DNS label that starts with a letter, as control scripts put it into host names, Helm
 * releases and Kubernetes objects.
 *
 * @param value the name itself, as in {@code --name}
 */
public record StagingName(String value) {

    /** The original Octopod's upper limit, and the default of the project setting. */
    public static final int DEFAULT_MAX_LENGTH = 16;

    /** The shortest upper limit that leaves room for {@link #fromBranch a hash and something to recognise}. */
    public static final int MIN_LENGTH_LIMIT = 10;

    /** Helm's limit for a release name. */
    public static final int MAX_LENGTH_LIMIT = 53;

    private static final int MIN_LENGTH = 2;

    /** In characters, of a name that is refused. */
    private static final int MAX_QUOTED_LENGTH = 60;

    private static final Pattern RULE = Pattern.compile("[a-z][a-z0-9-]*[a-z0-9]");
    private static final int HASH_LENGTH = 6;

    /** No vowels, and no digit in the first place: neither a word of six letters nor a number looks like a hash. */
    private static final String HASH_LETTERS = "bcdfghjklmnpqrstvwxz";

    private static final String HASH_DIGITS = HASH_LETTERS + "0123456789";
    private static final Pattern HASH_SUFFIX =
            Pattern.compile(".*-[" + HASH_LETTERS + "][" + HASH_DIGITS + "]{" + (HASH_LENGTH - 1) + "}");

    /**
     * Takes a name as somebody typed it.
     *
     * @param maxLength the project's limit, in characters
     * @throws RefusalException with the part of the rule that is broken
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
     * Turns a branch name (or anything else) into a name. A branch that already is a valid name stays as it is; any
     * other keeps what can be read of it and gets a hash of the whole branch name, so that {@code fix/a} and
     * {@code fix-a} are two stagings and each branch always gets the same one. A valid name that looks as if it ended
     * in such a hash is hashed too: else it could be what another branch is turned into.
     *
     * @param maxLength the project's limit, in characters, at least {@link #MIN_LENGTH_LIMIT}
     * @throws RefusalException if there is nothing in the branch name, or a character that can't be stored
     * @throws IllegalArgumentException if the limit is lower, so that there is no room for the hash
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
     * The valid name that is nearest to what somebody typed, to be offered instead; empty where nothing is left of it.
     * Unlike {@link #fromBranch}, two things may come to the same.
     *
     * @param maxLength the project's limit, in characters
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

    /** One of nearly half a thousand million (20 × 30⁵). */
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
