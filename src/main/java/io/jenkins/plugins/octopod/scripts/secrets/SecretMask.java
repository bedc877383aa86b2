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

    /** In characters: what is shorter would be found everywhere. */
    private static final int MIN_LENGTH = 3;

    /** Matches literals only, the longer ones first. */
    @CheckForNull
    private final Pattern secrets;

    /** In characters: no secret is longer. */
    private final int longest;

    private SecretMask(@CheckForNull Pattern secrets, int longest) {
        this.secrets = secrets;
        this.longest = longest;
    }

    /** Masks texts, and the {@link SecretWords words} of files, in the {@link SecretForms forms} in which they are printed. */
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

    /** In which shells and Base64 show them: of whole texts only, as there may be many words. */
    private static Stream<String> shellForms(Set<String> texts) {
        return LiteralsPattern.literals(SecretPatterns.getAggregateSecretPattern(texts)).stream();
    }

    /** @param secrets literals, the longer ones first */
    public static SecretMask of(Pattern secrets) {
        String pattern = secrets.pattern();
        return pattern.isEmpty() ? NONE : new SecretMask(secrets, pattern.length());
    }

    /** The text without secrets. */
    public String apply(String text) {
        return secrets == null ? text : secrets.matcher(text).replaceAll(SHOWN);
    }

    /** As {@link #apply}, of a text that was cut off: what may be the beginning of a secret is left out. */
    public String applyToTruncated(String text) {
        return apply(text.substring(0, safePrefixLength(text)));
    }

    /**
     * How much of the text can be told now, in characters from its beginning; what follows may turn out to be the beginning
     * of a secret when there is more.
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
