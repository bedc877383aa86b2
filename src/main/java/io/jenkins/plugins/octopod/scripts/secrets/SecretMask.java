package io.jenkins.plugins.octopod.scripts.secrets;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.credentialsbinding.masking.SecretPatterns;

/**
 * Masks secrets in the output of scripts, including the forms in which shells and Base64 show them. Used on the
 * controller only. Immutable and thread-safe.
 */
public final class SecretMask {

    public static final SecretMask NONE = new SecretMask(null, 0);

    private static final String SHOWN = "****";

    /** Minimum length in characters. A shorter secret would match by accident too often. */
    private static final int MIN_LENGTH = 3;

    /** Pattern of literals only, the longer ones first. */
    @CheckForNull
    private final Pattern secrets;

    /** Length limit of the secrets in characters. */
    private final int longest;

    private SecretMask(@CheckForNull Pattern secrets, int longest) {
        this.secrets = secrets;
        this.longest = longest;
    }

    /**
     * Returns the mask for texts and the {@link SecretWords words} of files, in the {@link SecretForms forms} in which
     * programs print them.
     */
    static SecretMask of(Collection<String> texts) {
        Set<String> all = texts.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (all.isEmpty()) {
            return NONE;
        }
        Set<String> words = all.stream()
                .flatMap(text -> Stream.concat(Stream.of(text), SecretWords.of(text).stream()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> literals = Stream.concat(
                        shellForms(all), words.stream().flatMap(word -> SecretForms.of(word).stream()))
                .filter(form -> form.length() >= MIN_LENGTH)
                .collect(Collectors.toSet());
        return literals.isEmpty()
                ? NONE
                : new SecretMask(
                        LiteralsPattern.of(literals),
                        literals.stream().mapToInt(String::length).max().getAsInt());
    }

    /**
     * Returns the forms in which shells and Base64 show texts. Only for whole texts, because there can be many words.
     */
    private static Stream<String> shellForms(Set<String> texts) {
        return LiteralsPattern.literals(SecretPatterns.getAggregateSecretPattern(texts)).stream();
    }

    /**
     * Returns the mask for a pattern.
     *
     * @param secrets pattern of literals, the longer ones first
     */
    public static SecretMask of(Pattern secrets) {
        String pattern = secrets.pattern();
        return pattern.isEmpty() ? NONE : new SecretMask(secrets, pattern.length());
    }

    /** Returns the text without secrets. */
    public String apply(String text) {
        return secrets == null ? text : secrets.matcher(text).replaceAll(SHOWN);
    }

    /** Masks a text that was cut off. Removes an end that might be the beginning of a secret, see {@link #apply}. */
    public String applyToTruncated(String text) {
        return apply(text.substring(0, safePrefixLength(text)));
    }

    /**
     * Returns how many characters at the beginning of the text can be shown now. The rest might be the beginning of a
     * secret, which only more text can show.
     */
    public int safePrefixLength(CharSequence text) {
        int end = text.length();
        if (secrets == null) {
            return end;
        }
        Matcher matcher = secrets.matcher(text);
        int unsettled = Math.max(0, end - longest);
        int at = 0;
        while (at < unsettled && matcher.find(at) && matcher.start() < unsettled) {
            at = matcher.end();
        }
        at = Math.max(at, unsettled);
        while (at < end) {
            boolean found = matcher.region(at, end).lookingAt();
            if (matcher.hitEnd()) {
                return at;
            }
            at = found ? matcher.end() : at + 1;
        }
        return end;
    }
}
