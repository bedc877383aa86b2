package io.jenkins.plugins.octopod.api.v1.dto;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * What an override makes of its key.
 *
 * @param tag {@link #ADDED} or {@link #DELETED}
 * @param contents the value; null for a key that is removed
 */
public record OverrideValue(String tag, @CheckForNull String contents) {

    static final String ADDED = "ValueAdded";
    static final String DELETED = "ValueDeleted";

    /** @throws IllegalArgumentException with a sentence, if it is neither */
    public OverrideValue {
        boolean added = ADDED.equals(tag) && contents != null;
        boolean deleted = DELETED.equals(tag) && contents == null;
        if (!added && !deleted) {
            throw new IllegalArgumentException(Messages.OverrideValue_expected());
        }
    }

    static OverrideValue of(@CheckForNull String value) {
        return new OverrideValue(value == null ? DELETED : ADDED, value);
    }
}
