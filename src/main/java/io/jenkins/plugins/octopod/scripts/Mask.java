package io.jenkins.plugins.octopod.scripts;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.credentialsbinding.masking.SecretPatterns;

/**
 * Makes unreadable what nobody may read of what scripts print: secrets, and the forms in which shells and Base64 show them.
 * Only on the controller. Immutable; safe for any thread.
 */
public final class Mask {

    public static final Mask NONE = new Mask(null);

    private static final String SHOWN = "****";

    /** In characters. Scripts print a file’s words one by one; what is shorter can’t be told from ordinary words. */
    private static final int SHORTEST_WORD = 16;

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** Matches literals only, the longer ones first. */
    @CheckForNull
    private final Pattern secrets;

    private Mask(@CheckForNull Pattern secrets) {
        this.secrets = secrets;
    }

    /** Of texts that have several lines, each long word is masked as well. */
    static Mask of(Collection<String> texts) {
        Set<String> all = new LinkedHashSet<>();
        for (String text : texts) {
            String stripped = text.strip();
            all.add(stripped);
            if (stripped.contains("\n")) {
                Arrays.stream(SPACE.split(stripped))
                        .filter(word -> word.length() >= SHORTEST_WORD)
                        .forEach(all::add);
            }
        }
        all.remove("");
        return all.isEmpty() ? NONE : of(SecretPatterns.getAggregateSecretPattern(all));
    }

    /** @param secrets literals, the longer ones first */
    public static Mask of(Pattern secrets) {
        return Util.fixEmpty(secrets.pattern()) == null ? NONE : new Mask(secrets);
    }

    /** The text without secrets. */
    public String apply(String text) {
        return secrets == null ? text : secrets.matcher(text).replaceAll(SHOWN);
    }

    /** As {@link #apply}, of a text that was cut off: what may be the beginning of a secret is left out. */
    public String applyToBeginning(String text) {
        return apply(text.substring(0, settled(text)));
    }

    /**
     * How much of the text can be told now, in characters from its beginning; what follows may turn out to be the beginning
     * of a secret when there is more.
     */
    public int settled(CharSequence text) {
        int end = text.length();
        if (secrets == null) {
            return end;
        }
        Matcher matcher = secrets.matcher(text);
        // No secret is longer than the pattern for all of them.
        int unsure = Math.max(0, end - secrets.pattern().length());
        int at = 0;
        while (at < unsure && matcher.find(at) && matcher.start() < unsure) {
            at = matcher.end();
        }
        at = Math.max(at, unsure);
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
