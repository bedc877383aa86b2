package io.jenkins.plugins.octopod.dashboard.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.dashboard.FieldRefusalException;
import io.jenkins.plugins.octopod.dashboard.Refusal.Field;
import io.jenkins.plugins.octopod.dashboard.Refusal.Problem;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.util.ArrayList;
import java.util.List;

/**
 * A key with its value.
 *
 * @param key of a configuration, or of an override
 * @param value with all of its lines; null for an override that removes the key
 */
record Entry(String key, @CheckForNull String value) {

    static List<Entry> of(Overrides overrides) {
        return overrides.asMap().entrySet().stream()
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    static List<Entry> of(Configuration configuration) {
        return configuration.asMap().entrySet().stream()
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * What somebody has typed; nothing where it is null.
     *
     * @throws FieldRefusalException names each key that can’t be an override
     */
    static Overrides read(@CheckForNull List<Entry> entries, Field field) throws FieldRefusalException {
        Overrides.Builder overrides = new Overrides.Builder();
        List<Problem> problems = new ArrayList<>();
        RefusalException first = null;
        for (Entry entry : entries == null ? List.<Entry>of() : entries) {
            try {
                entry.addTo(overrides);
            } catch (RefusalException e) {
                problems.add(new Problem(field, entry.key(), e.getMessage()));
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw new FieldRefusalException(problems, first);
        }
        return overrides.build();
    }

    /** What of it can be read; for questions that come with each key that is typed. */
    static Overrides readable(@CheckForNull List<Entry> entries) {
        Overrides.Builder overrides = new Overrides.Builder();
        for (Entry entry : entries == null ? List.<Entry>of() : entries) {
            try {
                entry.addTo(overrides);
            } catch (RefusalException e) {
                // Not typed to its end.
                continue;
            }
        }
        return overrides.build();
    }

    private void addTo(Overrides.Builder overrides) throws RefusalException {
        if (value == null) {
            overrides.remove(key);
        } else {
            overrides.set(key, value);
        }
    }
}
