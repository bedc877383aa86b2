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
        return overrides.toList(KeyValueEntry::new);
    }

    static List<KeyValueEntry> of(Configuration configuration) {
        return configuration.toList(KeyValueEntry::new);
    }

    /**
     * Reads the entries that a user typed; null for none.
     *
     * @throws FieldRefusalException if keys are invalid; it names each of them
     */
    static Overrides read(@CheckForNull List<KeyValueEntry> entries, Field field) throws FieldRefusalException {
        Overrides.Builder overrides = new Overrides.Builder();
        List<Problem> problems = new ArrayList<>();
        RefusalException first = null;
        for (KeyValueEntry keyValueEntry : present(entries)) {
            try {
                overrides.put(keyValueEntry.key(), keyValueEntry.value());
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

    /** Returns the valid entries, for requests that are sent while the user types. */
    static Overrides readable(@CheckForNull List<KeyValueEntry> entries) {
        Overrides.Builder overrides = new Overrides.Builder();
        for (KeyValueEntry keyValueEntry : present(entries)) {
            try {
                overrides.put(keyValueEntry.key(), keyValueEntry.value());
            } catch (RefusalException e) {
                // The user is still typing this entry.
                continue;
            }
        }
        return overrides.build();
    }

    /** Returns the entries without null, which the dialog never sends but JSON allows. */
    private static List<KeyValueEntry> present(@CheckForNull List<KeyValueEntry> entries) {
        return entries == null
                ? List.of()
                : entries.stream().filter(Objects::nonNull).toList();
    }
}
