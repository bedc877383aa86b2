package io.jenkins.plugins.octopod.engine.cluster;

import io.jenkins.plugins.octopod.engine.text.QuotedText;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with the placeholders {@code ${name}}, {@code ${namespace}} and {@code ${project}}, which are replaced with the
 * values of a staging.
 */
public record NameTemplate(String text) {

    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}?");

    /** Returns whether the template contains the staging’s name, so that the results for two stagings differ. */
    public boolean hasName() {
        return text.contains("${name}");
    }

    /**
     * Replaces the placeholders.
     *
     * @param name name of the staging
     * @param namespace namespace of the project
     * @param project name of the project that control scripts get
     * @throws IllegalArgumentException if there is an unknown placeholder; the message is a sentence
     */
    public String expand(String name, String namespace, String project) {
        Map<String, String> values = Map.of("name", name, "namespace", namespace, "project", project);
        StringBuilder filled = new StringBuilder();
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            String value = place.group().endsWith("}") ? values.get(place.group(1)) : null;
            if (value == null) {
                throw new IllegalArgumentException("“" + QuotedText.of(place.group(), 100)
                        + "” isn’t known here: there are ${name}, ${namespace} and ${project}.");
            }
            place.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return place.appendTail(filled).toString();
    }
}
