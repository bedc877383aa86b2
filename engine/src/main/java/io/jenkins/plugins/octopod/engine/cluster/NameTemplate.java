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

    /** Whether the staging’s name is in it, so that stagings have different ones. */
    public boolean hasName() {
        return text.contains("${name}");
    }

    /**
     * @param name of the staging
     * @param namespace of the project
     * @param project the project’s name, as control scripts are told it
     * @throws IllegalArgumentException if there is a place of another name; the message is a sentence
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
