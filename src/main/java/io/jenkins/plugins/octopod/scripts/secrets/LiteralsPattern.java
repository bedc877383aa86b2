package io.jenkins.plugins.octopod.scripts.secrets;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Creates patterns that match literal texts, at each position the longest one. Texts with the same beginning share that
 * part of the pattern, because a secret file can have a thousand words, and a pattern that tries each of them at each
 * character is slow.
 */
final class LiteralsPattern {

    private LiteralsPattern() {}

    /**
     * Returns the pattern.
     *
     * @param literals at least one text, none of them empty
     */
    static Pattern of(Collection<String> literals) {
        return Pattern.compile(pattern(new ArrayList<>(new TreeSet<>(literals)), 0));
    }

    /** Returns the literals of a pattern that consists of {@link Pattern#quote quoted} alternatives. */
    static List<String> literals(Pattern quoted) {
        String pattern = quoted.pattern();
        List<String> literals = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        boolean inQuote = false;
        int at = 0;
        while (at < pattern.length()) {
            if (pattern.startsWith(inQuote ? "\\E" : "\\Q", at)) {
                inQuote = !inQuote;
                at += 2;
            } else if (inQuote) {
                literal.append(pattern.charAt(at++));
            } else if (pattern.startsWith("\\\\E", at)) {
                literal.append("\\E");
                at += 3;
            } else {
                // Character between two alternatives.
                literals.add(literal.toString());
                literal.setLength(0);
                at++;
            }
        }
        literals.add(literal.toString());
        return literals;
    }

    /** Returns the pattern for sorted literals that have the same characters before an index. */
    private static String pattern(List<String> literals, int from) {
        String first = literals.get(0);
        int common = commonEnd(first, literals.get(literals.size() - 1), from);
        String prefix = common > from ? Pattern.quote(first.substring(from, common)) : "";
        boolean ends = first.length() == common;
        List<String> longer = ends ? literals.subList(1, literals.size()) : literals;
        if (longer.isEmpty()) {
            return prefix;
        }
        List<String> alternatives = new ArrayList<>();
        int begin = 0;
        for (int i = 1; i <= longer.size(); i++) {
            if (i == longer.size()
                    || longer.get(i).codePointAt(common) != longer.get(begin).codePointAt(common)) {
                alternatives.add(pattern(longer.subList(begin, i), common));
                begin = i;
            }
        }
        return prefix + alternatives.stream().collect(Collectors.joining("|", "(?:", ends ? ")?" : ")"));
    }

    /**
     * Returns the end of the common part. In a sorted list, the first and the last text have all of it in common. A
     * pair of surrogates is one character of a pattern.
     */
    private static int commonEnd(String first, String last, int from) {
        int end = from;
        while (end < first.length() && end < last.length() && first.charAt(end) == last.charAt(end)) {
            end++;
        }
        boolean splits = end > from
                && end < Math.max(first.length(), last.length())
                && Character.isHighSurrogate(first.charAt(end - 1));
        return splits ? end - 1 : end;
    }
}
