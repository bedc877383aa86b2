package io.jenkins.plugins.octopod.engine;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A configuration as control scripts get it: keys with values, in order. */
public final class Configuration implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final Configuration EMPTY = new Configuration(Map.of());

    private final LinkedHashMap<String, String> values;

    private Configuration(Map<String, String> values) {
        this.values = new LinkedHashMap<>(values);
    }

    /** Keeps the order of the given map; keys are normalized as override keys are, and those without a part dropped. */
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

    /** Unmodifiable, in order. */
    public Map<String, String> asMap() {
        return Collections.unmodifiableMap(values);
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
