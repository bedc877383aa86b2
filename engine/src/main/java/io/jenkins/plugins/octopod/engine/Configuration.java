package io.jenkins.plugins.octopod.engine;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Configuration that control scripts get: keys with values, in order. */
public final class Configuration implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final Configuration EMPTY = new Configuration(Map.of());

    private final LinkedHashMap<String, String> values;

    private Configuration(Map<String, String> values) {
        this.values = new LinkedHashMap<>(values);
    }

    /**
     * Returns a configuration in the order of the map. Normalizes keys like override keys, and drops keys that are
     * empty then.
     */
    public static Configuration of(Map<String, String> values) {
        Map<String, String> normalized = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            String kept = ConfigurationKey.normalize(key);
            if (!kept.isEmpty()) {
                normalized.put(kept, value);
            }
        });
        return new Configuration(normalized);
    }

    /** Returns the values by key, unmodifiable and in order. */
    public Map<String, String> asMap() {
        return Collections.unmodifiableMap(values);
    }

    /**
     * Returns the configuration as a list, in order.
     *
     * @param element function that makes an element of a key and its value
     */
    public <T> List<T> toList(BiFunction<String, String, T> element) {
        return values.entrySet().stream()
                .map(entry -> element.apply(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Configuration that
                && List.copyOf(values.entrySet()).equals(List.copyOf(that.values.entrySet()));
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
