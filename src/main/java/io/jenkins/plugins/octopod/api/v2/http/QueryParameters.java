package io.jenkins.plugins.octopod.api.v2.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.engine.text.QuotedText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Parameters of a URL’s query, parsed as strictly as request bodies. */
@ModuleInternal
public final class QueryParameters {

    /** Limit in characters for quoted input. */
    private static final int MAX_QUOTED_LENGTH = 100;

    private final Map<String, String> values;

    private QueryParameters(Map<String, String> values) {
        this.values = values;
    }

    static QueryParameters of(HttpServletRequest request, List<String> known) throws ApiException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, String[]> parameter : request.getParameterMap().entrySet()) {
            String name = parameter.getKey();
            if (!known.contains(name)) {
                throw new ApiException(400, Messages.QueryParameters_unknown(quoted(name), String.join(", ", known)));
            }
            if (parameter.getValue().length > 1) {
                throw new ApiException(400, Messages.QueryParameters_duplicate(name));
            }
            values.put(name, parameter.getValue()[0]);
        }
        return new QueryParameters(values);
    }

    /** Returns the value; null if it is missing or empty. */
    @CheckForNull
    public String text(String name) {
        return Util.fixEmptyAndTrim(values.get(name));
    }

    /** Returns the comma-separated values; empty if the parameter is missing. */
    public List<String> list(String name) {
        String text = text(name);
        return text == null
                ? List.of()
                : Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }

    /** Returns the value; null if it is missing. */
    @CheckForNull
    public Boolean flag(String name) throws ApiException {
        String text = text(name);
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(name, text, "true, false");
        };
    }

    public int number(String name, int min, int max, int otherwise) throws ApiException {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Handled like a number that is out of bounds.
        }
        throw bad(name, text, min + " … " + max);
    }

    /** Returns one of the allowed values; the first if the parameter is missing. */
    public String oneOf(String name, List<String> allowed) throws ApiException {
        String text = text(name);
        if (text != null && !allowed.contains(text)) {
            throw bad(name, text, String.join(", ", allowed));
        }
        return text == null ? allowed.get(0) : text;
    }

    /** Quotes input for a message. */
    private static String quoted(String text) {
        return QuotedText.of(text, MAX_QUOTED_LENGTH);
    }

    public static ApiException bad(String name, String value, String expected) {
        return new ApiException(400, Messages.QueryParameters_invalidValue(quoted(value), name, expected));
    }

    /** Returns the URL’s query with a parameter replaced. */
    public String with(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.put(name, value);
        return all.entrySet().stream()
                .map(each -> Util.rawEncode(each.getKey()) + '=' + Util.rawEncode(each.getValue()))
                .collect(Collectors.joining("&", "?", ""));
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
