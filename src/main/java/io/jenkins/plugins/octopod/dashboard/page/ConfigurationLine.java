package io.jenkins.plugins.octopod.dashboard.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.staging.defaults.EffectiveValue;
import io.jenkins.plugins.octopod.staging.defaults.EffectiveValue.Origin;
import java.util.List;

/**
 * One key of a staging’s configuration, as pages show it.
 *
 * @param key of it
 * @param origin where its value comes from
 * @param value that it has; empty where it has none
 * @param defaultValue the value that it would have otherwise; null if it would have none, or that isn’t known
 */
public record ConfigurationLine(
        String key,
        Origin origin,
        String value,
        @CheckForNull String defaultValue) {

    /** The full configuration: in the order of the defaults, then what was added; without defaults, the overrides. */
    static List<ConfigurationLine> of(Overrides overrides, @CheckForNull Configuration defaults) {
        return EffectiveValue.listOf(overrides, defaults).stream()
                .map(each -> new ConfigurationLine(
                        each.key(), each.origin(), each.value() == null ? "" : each.value(), each.defaultValue()))
                .toList();
    }

    boolean isDefault() {
        return origin == Origin.DEFAULT;
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
        return origin.name();
    }

    /** In a word. */
    public String getWord() {
        return switch (origin) {
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
    public String getDefaultValue() {
        return defaultValue;
    }
}
