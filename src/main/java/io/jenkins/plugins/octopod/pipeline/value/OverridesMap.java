package io.jenkins.plugins.octopod.pipeline.value;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.text.QuotedText;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Overrides in Pipelines: a map from keys to plain values; null removes a key. {@code ['image.tag': 'v1']} and
 * {@code [image: [tag: 'v1']]} are equal. A dot in a key of an inner map is part of a name, as in
 * {@code [podAnnotations: ['prometheus.io/scrape': 'true']]}. An empty list is {@code []}.
 */
@ModuleInternal
public final class OverridesMap {

    private static final Map<String, Object> NOTHING = Map.of();

    /** Matches a dot, or any character with a backslash before it. */
    private static final Pattern DOT = Pattern.compile("\\\\.|\\.", Pattern.DOTALL);

    /** Matches a dot between two parts of a key. A dot with a backslash before it is part of a name. */
    private static final Pattern SEPARATOR = Pattern.compile("(?<!\\\\)\\.");

    private OverridesMap() {}

    /**
     * Returns values by dotted key, without Groovy’s own string types; null if there are none. An empty list or map is a
     * value.
     */
    @CheckForNull
    public static Map<String, Object> flat(@CheckForNull Map<?, ?> given) {
        Map<String, Object> flat = new LinkedHashMap<>();
        if (given != null) {
            given.forEach((key, value) -> put(String.valueOf(key), value, flat));
        }
        return flat.isEmpty() ? null : flat;
    }

    private static void put(String key, Object value, Map<String, Object> flat) {
        if (value instanceof Map<?, ?> inner && inner.isEmpty()) {
            flat.put(key, Map.of());
        } else if (value instanceof Map<?, ?> inner) {
            inner.forEach((name, each) -> put(key + '.' + escaped(String.valueOf(name)), each, flat));
        } else if (value instanceof Collection<?> list && list.isEmpty()) {
            flat.put(key, List.of());
        } else {
            flat.put(key, value instanceof CharSequence ? value.toString() : value);
        }
    }

    /** Escapes the dots in the key of an inner map with backslashes, because they are part of a name. */
    private static String escaped(String name) {
        return DOT.matcher(name).replaceAll(match -> match.group().equals(".") ? "\\\\." : "$0");
    }

    /**
     * Returns the overrides as nested maps. The snippet generator doesn’t quote a key with a dot, which isn’t valid
     * Groovy. A dot in a name keeps its backslash. A key that can’t be nested, for example because one of its parts also has
     * a value, gets additional spaces or a dot, which are ignored but make the generator quote the key.
     */
    @CheckForNull
    public static Map<String, Object> nested(@CheckForNull Map<String, Object> flat) {
        if (flat == null) {
            return null;
        }
        Map<String, Object> nested = new LinkedHashMap<>();
        flat.forEach((key, value) -> {
            List<String> parts = Arrays.stream(SEPARATOR.split(key))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .toList();
            boolean readUnchanged =
                    parts.stream().skip(1).allMatch(part -> escaped(part).equals(part));
            if (!readUnchanged || !putInner(nested, parts, value)) {
                nested.put(String.join(" . ", parts) + (parts.size() == 1 ? " ." : ""), value);
            }
        });
        return nested;
    }

    @SuppressWarnings("unchecked")
    private static boolean putInner(Map<String, Object> nested, List<String> parts, Object value) {
        Map<String, Object> inner = nested;
        for (int i = 0; i < parts.size() - 1; i++) {
            if (inner.containsKey(parts.get(i)) && !(inner.get(parts.get(i)) instanceof Map)) {
                return false;
            }
            inner = (Map<String, Object>) inner.computeIfAbsent(parts.get(i), part -> new LinkedHashMap<>());
        }
        String last = parts.isEmpty() ? "" : parts.get(parts.size() - 1);
        if (inner.get(last) instanceof Map) {
            return value instanceof Map;
        }
        inner.put(last, value instanceof Map ? new LinkedHashMap<>() : value);
        return true;
    }

    /**
     * Reads overrides. An empty map changes nothing.
     *
     * @throws RefusalException if a key is invalid, or a value isn’t plain
     */
    public static Overrides read(@CheckForNull Map<String, Object> flat) throws RefusalException {
        return read(flat, OverridesMap::plain);
    }

    /**
     * Reads overrides whose values get the YAML tags of their Groovy types, see {@link TaggedValue}.
     *
     * @throws RefusalException if a key is invalid, or a value isn’t plain
     */
    public static Overrides readTagged(@CheckForNull Map<String, Object> flat) throws RefusalException {
        return read(flat, TaggedValue::of);
    }

    /**
     * Reads overrides.
     *
     * @param texts function that returns the text of a value; null if it has none
     */
    private static Overrides read(@CheckForNull Map<String, Object> flat, Function<Object, String> texts)
            throws RefusalException {
        Overrides.Builder overrides = new Overrides.Builder();
        for (Map.Entry<String, Object> entry : (flat == null ? NOTHING : flat).entrySet()) {
            Object value = entry.getValue();
            if (value == null) {
                overrides.remove(entry.getKey());
                continue;
            }
            String text = texts.apply(value);
            if (text != null) {
                overrides.set(entry.getKey(), text);
            } else if (!(value instanceof Map)) {
                throw new RefusalException(
                        Reason.INVALID_INPUT, Messages.OverridesMap_notPlain(QuotedText.of(entry.getKey(), 100)));
            }
        }
        return overrides.build();
    }

    /** Returns the text of a value, or null if it has none. */
    @CheckForNull
    private static String plain(Object value) {
        if (value instanceof Collection<?> list && list.isEmpty()) {
            return "[]";
        }
        return isText(value) || value instanceof Number || value instanceof Boolean ? value.toString() : null;
    }

    static boolean isText(Object value) {
        return value instanceof CharSequence || value instanceof Character || value instanceof Enum;
    }
}
