package io.jenkins.plugins.octopod.dashboard.model;

import io.jenkins.plugins.octopod.engine.Overrides;
import java.util.List;

/**
 * View model of an override.
 *
 * @param key key that is set or removed
 * @param value value of the key; empty if the key is removed
 * @param removed whether the default is removed instead of replaced
 */
public record OverrideView(String key, String value, boolean removed) {

    static List<OverrideView> of(Overrides overrides) {
        return overrides.toList((key, value) -> new OverrideView(key, value == null ? "" : value, value == null));
    }

    public String getKey() {
        return key;
    }

    public String getValue() {
        return value;
    }

    public boolean isRemoved() {
        return removed;
    }
}
