package io.jenkins.plugins.octopod.dashboard.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.Overrides;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One key of a staging’s configuration.
 *
 * @param key of it
 * @param kind where its value comes from
 * @param value that it has; empty where it has none
 * @param byDefault the value that it would have otherwise; null where it would have none, or that isn’t known
 */
public record ConfigurationLine(
        String key, Kind kind, String value, @CheckForNull String byDefault) {

    /** Where a value comes from. */
    public enum Kind {
        /** Nobody wants another. */
        DEFAULT,
        /** Set, over a default that is another. */
        OVERRIDDEN,
        /** Set, to what is the default anyway. */
        SAME,
        /** Set, where there is no default. */
        ADDED,
        /** Set; whether there is a default isn’t known. */
        SET,
        /** Taken away. */
        REMOVED
    }

    /** The full configuration: in the order of the defaults, then what was added; without defaults, the overrides. */
    static List<ConfigurationLine> of(Overrides overrides, @CheckForNull Configuration defaults) {
        List<ConfigurationLine> lines = new ArrayList<>();
        Map<String, String> known = defaults == null ? Map.of() : defaults.asMap();
        known.forEach((key, value) -> lines.add(
                overrides.asMap().containsKey(key)
                        ? override(key, overrides, value)
                        : new ConfigurationLine(key, Kind.DEFAULT, value, value)));
        for (String key : overrides.asMap().keySet()) {
            if (!known.containsKey(key)) {
                lines.add(override(key, overrides, null, defaults != null));
            }
        }
        return lines;
    }

    private static ConfigurationLine override(String key, Overrides overrides, String byDefault) {
        String value = overrides.value(key).orElse(null);
        if (value == null) {
            return new ConfigurationLine(key, Kind.REMOVED, "", byDefault);
        }
        return new ConfigurationLine(key, value.equals(byDefault) ? Kind.SAME : Kind.OVERRIDDEN, value, byDefault);
    }

    private static ConfigurationLine override(String key, Overrides overrides, String none, boolean defaultsKnown) {
        String value = overrides.value(key).orElse(null);
        if (value == null) {
            return new ConfigurationLine(key, Kind.REMOVED, "", none);
        }
        return new ConfigurationLine(key, defaultsKnown ? Kind.ADDED : Kind.SET, value, none);
    }

    boolean isDefault() {
        return kind == Kind.DEFAULT;
    }

    public String getKey() {
        return key;
    }

    /** The part of the key that its group has in common; empty where it is in none. */
    public String getPrefix() {
        int dot = key.indexOf('.');
        return dot < 0 ? "" : key.substring(0, dot + 1);
    }

    public String getRest() {
        return key.substring(getPrefix().length());
    }

    public String getKind() {
        return kind.name();
    }

    /** In a word. */
    public String getWord() {
        return switch (kind) {
            case DEFAULT -> Messages.ConfigurationLine_default();
            case OVERRIDDEN -> Messages.ConfigurationLine_overridden();
            case SAME -> Messages.ConfigurationLine_same();
            case ADDED -> Messages.ConfigurationLine_added();
            case SET -> Messages.ConfigurationLine_set();
            case REMOVED -> Messages.ConfigurationLine_removed();
        };
    }

    public String getValue() {
        return value;
    }

    @CheckForNull
    public String getByDefault() {
        return byDefault;
    }
}
