package io.jenkins.plugins.octopod.dashboard.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.staging.defaults.EffectiveValue;
import io.jenkins.plugins.octopod.staging.defaults.EffectiveValue.Origin;
import java.util.List;

/**
 * View model of one key of a staging’s configuration.
 *
 * @param key key of the configuration
 * @param origin origin of the value
 * @param value current value; empty if there is none
 * @param defaultValue value without the override; null if there is none, or it is unknown
 */
public record ConfigurationLine(
        String key,
        Origin origin,
        String value,
        @CheckForNull String defaultValue) {

    /**
     * Returns the full configuration: default values in their order, then added keys. If the default values are
     * unknown, it contains only the overrides.
     */
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

    /** Returns the common prefix of the key’s group; empty if it is in no group. */
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

    /** Returns the origin in a word. */
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
