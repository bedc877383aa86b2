package io.jenkins.plugins.octopod.dashboard.compare;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.staging.defaults.EffectiveValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of one kind, on one side of a comparison.
 *
 * @param values values by key
 * @param other value of each other key
 */
record ComparedValues(Map<String, ComparedValue> values, ComparedValue other) {

    static final ComparedValues NONE = new ComparedValues(Map.of(), ComparedValue.NONE);

    /**
     * Returns a configuration.
     *
     * @param defaults defaults; null if unknown
     */
    static ComparedValues of(Overrides overrides, @CheckForNull Configuration defaults) {
        Map<String, ComparedValue> values = new LinkedHashMap<>();
        EffectiveValue.listOf(overrides, defaults).forEach(each -> values.put(each.key(), ComparedValue.of(each)));
        return new ComparedValues(values, defaults == null ? ComparedValue.UNKNOWN : ComparedValue.NONE);
    }

    /** Returns links by their names. Links of the same name are numbered. */
    static ComparedValues of(List<StagingLink> links) {
        Map<String, ComparedValue> values = new LinkedHashMap<>();
        for (StagingLink link : links) {
            String name = link.name().isBlank() ? link.url() : link.name();
            String key = name;
            for (int number = 2; values.containsKey(key); number++) {
                key = name + " (" + number + ')';
            }
            values.put(key, ComparedValue.set(link.url()));
        }
        return new ComparedValues(values, ComparedValue.NONE);
    }

    ComparedValue value(String key) {
        return values.getOrDefault(key, other);
    }
}
