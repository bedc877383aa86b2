package io.jenkins.plugins.octopod.staging.defaults;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.Overrides;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One key of a staging’s configuration, with its value and the origin of the value.
 *
 * @param value effective value; {@code null} if the key is removed
 * @param defaultValue value without an override; {@code null} if there is none or it is unknown
 */
public record EffectiveValue(
        String key,
        Origin origin,
        @CheckForNull String value,
        @CheckForNull String defaultValue) {

    /** Origin of a value. */
    public enum Origin {
        /** Not overridden. */
        DEFAULT,
        /** Set to a value that differs from the default. */
        OVERRIDDEN,
        /** Set to the same value as the default. */
        SAME,
        /** Set, without a default. */
        ADDED,
        /** Set; unknown whether there is a default. */
        SET,
        /** Removed. */
        REMOVED
    }

    /**
     * Returns the full configuration: keys with a default in their order, then added keys. Without defaults, only the
     * overrides.
     *
     * @param defaults defaults; null if unknown
     */
    public static List<EffectiveValue> listOf(Overrides overrides, @CheckForNull Configuration defaults) {
        List<EffectiveValue> list = new ArrayList<>();
        Map<String, String> known = defaults == null ? Map.of() : defaults.asMap();
        known.forEach((key, value) -> list.add(
                overrides.asMap().containsKey(key)
                        ? overriding(key, overrides.asMap().get(key), value)
                        : new EffectiveValue(key, Origin.DEFAULT, value, value)));
        Origin withoutDefault = defaults == null ? Origin.SET : Origin.ADDED;
        overrides.asMap().forEach((key, value) -> {
            if (!known.containsKey(key)) {
                list.add(new EffectiveValue(key, value == null ? Origin.REMOVED : withoutDefault, value, null));
            }
        });
        return list;
    }

    private static EffectiveValue overriding(String key, @CheckForNull String value, String defaultValue) {
        if (value == null) {
            return new EffectiveValue(key, Origin.REMOVED, null, defaultValue);
        }
        Origin origin = value.equals(defaultValue) ? Origin.SAME : Origin.OVERRIDDEN;
        return new EffectiveValue(key, origin, value, defaultValue);
    }
}
