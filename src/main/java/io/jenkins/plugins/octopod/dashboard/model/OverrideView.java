package io.jenkins.plugins.octopod.dashboard.model;

import io.jenkins.plugins.octopod.engine.Overrides;
import java.util.List;
import java.util.Map;

/**
 * View model of an override.
 *
 * @param key key that is set or removed
 * @param value value of the key; empty if the key is removed
 * @param removed whether the default is removed instead of replaced
 */
public record OverrideView(String key, String value, boolean removed) {

    static List<OverrideView> of(Overrides overrides) {
        return overrides.asMap().entrySet().stream().map(OverrideView::of).toList();
    }

    private static OverrideView of(Map.Entry<String, String> entry) {
        boolean removed = entry.getValue() == null;
        return new OverrideView(entry.getKey(), removed ? "" : entry.getValue(), removed);
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
