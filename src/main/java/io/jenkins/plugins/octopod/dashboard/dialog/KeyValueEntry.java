package io.jenkins.plugins.octopod.dashboard.dialog;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.dashboard.web.FieldRefusalException;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView.Field;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView.Problem;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A key with its value.
 *
 * @param key key of a configuration, or of an override
 * @param value value with all its lines, or {@code null} for an override that removes the key
 */
record KeyValueEntry(String key, @CheckForNull String value) {

    static List<KeyValueEntry> of(Overrides overrides) {
        return overrides.asMap().entrySet().stream()
                .map(entry -> new KeyValueEntry(entry.getKey(), entry.getValue()))
                .toList();
    }

    static List<KeyValueEntry> of(Configuration configuration) {
        return configuration.asMap().entrySet().stream()
                .map(entry -> new KeyValueEntry(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * What somebody has typed; nothing where it is null.
     *
     * @throws FieldRefusalException names each key that can’t be an override
     */
    static Overrides read(@CheckForNull List<KeyValueEntry> entries, Field field) throws FieldRefusalException {
        Overrides.Builder overrides = new Overrides.Builder();
        List<Problem> problems = new ArrayList<>();
        RefusalException first = null;
        for (KeyValueEntry keyValueEntry : present(entries)) {
            try {
                keyValueEntry.addTo(overrides);
            } catch (RefusalException e) {
                problems.add(new Problem(field, keyValueEntry.key(), e.getMessage()));
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw new FieldRefusalException(problems, first);
        }
        return overrides.build();
    }

    /** What of it can be read; for questions that come with each key that is typed. */
    static Overrides readable(@CheckForNull List<KeyValueEntry> entries) {
        Overrides.Builder overrides = new Overrides.Builder();
        for (KeyValueEntry keyValueEntry : present(entries)) {
            try {
                keyValueEntry.addTo(overrides);
            } catch (RefusalException e) {
                // Not typed to its end.
                continue;
            }
        }
        return overrides.build();
    }

    /** JSON can have null in a list; the dialog sends none. */
    private static List<KeyValueEntry> present(@CheckForNull List<KeyValueEntry> entries) {
        return entries == null
                ? List.of()
                : entries.stream().filter(Objects::nonNull).toList();
    }

    private void addTo(Overrides.Builder overrides) throws RefusalException {
        if (value == null) {
            overrides.remove(key);
        } else {
            overrides.set(key, value);
        }
    }
}
