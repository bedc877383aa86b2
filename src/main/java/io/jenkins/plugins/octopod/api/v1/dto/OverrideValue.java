package io.jenkins.plugins.octopod.api.v1.dto;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * Effect of an override on its key.
 *
 * @param tag {@link #ADDED} or {@link #DELETED}
 * @param contents new value; {@code null} if the key is removed
 */
public record OverrideValue(String tag, @CheckForNull String contents) {

    static final String ADDED = "ValueAdded";
    static final String DELETED = "ValueDeleted";

    /**
     * Creates the effect.
     *
     * @throws IllegalArgumentException if the tag and the contents fit neither effect; the message is a sentence
     */
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
