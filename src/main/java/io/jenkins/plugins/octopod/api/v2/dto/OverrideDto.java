package io.jenkins.plugins.octopod.api.v2.dto;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.util.List;
import java.util.Objects;

/**
 * A single override. To remove a key, a client must set {@code removed}, because a missing value could be a mistake.
 *
 * @param value value of the key, or {@code null} if the key is removed
 */
public record OverrideDto(String key, @CheckForNull String value, boolean removed) {

    /**
     * Creates the override.
     *
     * @throws IllegalArgumentException if the fields contradict each other or are missing; the message is a sentence
     */
    public OverrideDto {
        if (key == null || removed == (value != null)) {
            throw new IllegalArgumentException(Messages.OverrideDto_expected());
        }
    }

    static List<OverrideDto> listOf(Overrides overrides) {
        return overrides.toList((key, value) -> new OverrideDto(key, value, value == null));
    }

    /**
     * Returns the overrides.
     *
     * @throws RefusalException if a key or a value is invalid
     */
    static Overrides overrides(List<OverrideDto> list) throws RefusalException {
        Overrides.Builder overrides = new Overrides.Builder();
        for (OverrideDto override : list) {
            overrides.put(override.key(), override.value());
        }
        return overrides.build();
    }

    /**
     * Returns the list.
     *
     * @throws IllegalArgumentException if the list or one of its elements is missing; the message is a sentence
     */
    static List<OverrideDto> require(String field, @CheckForNull List<OverrideDto> list) {
        if (list == null || list.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException(Messages.OverrideDto_list(field));
        }
        return List.copyOf(list);
    }
}
