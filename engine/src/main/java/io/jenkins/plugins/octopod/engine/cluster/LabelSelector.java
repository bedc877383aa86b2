package io.jenkins.plugins.octopod.engine.cluster;

import io.jenkins.plugins.octopod.engine.text.QuotedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Selects objects by labels, in kubectl’s syntax: {@code app=shop,tier in (web, api),!old}. */
public final class LabelSelector {

    private static final String KEY = "[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?";
    private static final String VALUE = "([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?";

    private static final Pattern COMPARED =
            Pattern.compile("(?<key>" + KEY + ")\\s*(?<sign>==?|!=)\\s*(?<value>" + VALUE + ")");
    private static final Pattern LISTED =
            Pattern.compile("(?<key>" + KEY + ")\\s+(?<sign>in|notin)\\s*\\((?<values>[^()]*)\\)");
    private static final Pattern EXISTS = Pattern.compile("(?<sign>!?)\\s*(?<key>" + KEY + ")");

    /** Limit in characters, far above any real selector. Limits the time for parsing, which grows faster than the length. */
    private static final int MAX_LENGTH = 1_000;

    /** Matches commas outside of parentheses. */
    private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");

    private final List<Requirement> requirements;

    /**
     * Condition on one label.
     *
     * @param values allowed or forbidden values; empty for any value
     * @param wanted true if the label must have one of the values; false if it must have none of them or be missing
     */
    private record Requirement(String key, Set<String> values, boolean wanted) {
        /**
         * Returns whether the label must have one of the values. An empty value doesn’t count, because it doesn’t
         * identify anything.
         */
        boolean isPositive() {
            return wanted && !values.isEmpty() && !values.contains("");
        }

        boolean holds(Map<String, String> labels) {
            String value = labels.get(key);
            boolean found = value != null && (values.isEmpty() || values.contains(value));
            return found == wanted;
        }
    }

    private LabelSelector(List<Requirement> requirements) {
        this.requirements = List.copyOf(requirements);
    }

    /**
     * Parses a selector.
     *
     * @throws IllegalArgumentException if the selector is invalid; the message is a sentence
     */
    public static LabelSelector parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("A label selector can have at most " + MAX_LENGTH
                    + " characters, and this one has " + text.length() + '.');
        }
        List<Requirement> requirements = new ArrayList<>();
        for (String part : COMMA.split(text, -1)) {
            requirements.add(requirement(part.trim()));
        }
        return new LabelSelector(requirements);
    }

    private static Requirement requirement(String part) {
        Matcher compared = COMPARED.matcher(part);
        if (compared.matches()) {
            return new Requirement(
                    compared.group("key"),
                    Set.of(compared.group("value")),
                    !compared.group("sign").equals("!="));
        }
        Matcher listed = LISTED.matcher(part);
        if (listed.matches()) {
            Set<String> values = Arrays.stream(listed.group("values").split(","))
                    .map(String::trim)
                    .collect(Collectors.toSet());
            if (values.stream().allMatch(value -> !value.isEmpty() && value.matches(VALUE))) {
                return new Requirement(
                        listed.group("key"), values, listed.group("sign").equals("in"));
            }
        }
        Matcher exists = EXISTS.matcher(part);
        if (exists.matches()) {
            return new Requirement(
                    exists.group("key"), Set.of(), exists.group("sign").isEmpty());
        }
        throw new IllegalArgumentException("“" + QuotedText.of(part, 100)
                + "” isn’t part of a label selector: write it as app=shop, or as tier in (web, api).");
    }

    public boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.holds(labels));
    }

    /**
     * Returns whether the selector requires a value of at least one label. A selector that only requires a label with any
     * value, or that only excludes objects, also selects objects of other stagings.
     */
    public boolean isPositive() {
        return requirements.stream().anyMatch(Requirement::isPositive);
    }

    /** Returns whether all selected objects have a label whose value contains the text. */
    public boolean requires(String text) {
        return requirements.stream()
                .filter(Requirement::isPositive)
                .anyMatch(requirement -> requirement.values().stream().allMatch(value -> value.contains(text)));
    }

    /** Returns a label of all selected objects as {@code key=value}; empty if no single label is required. */
    public Optional<String> label() {
        return requirements.stream()
                .filter(requirement ->
                        requirement.wanted() && requirement.values().size() == 1)
                .map(requirement -> requirement.key()
                        + '='
                        + requirement.values().iterator().next())
                .findFirst();
    }
}
