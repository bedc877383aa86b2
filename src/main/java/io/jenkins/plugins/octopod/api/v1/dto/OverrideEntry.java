package io.jenkins.plugins.octopod.api.v1.dto;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.util.List;
import java.util.Objects;

/** Key and {@link OverrideValue} of an override, in JSON an array of both. */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"key", "value"})
@JsonDeserialize(using = OverrideEntry.Reader.class)
public record OverrideEntry(String key, OverrideValue value) {

    public OverrideEntry {
        Objects.requireNonNull(key);
        Objects.requireNonNull(value);
    }

    static List<OverrideEntry> listOf(Overrides overrides) {
        return overrides.toList((key, value) -> new OverrideEntry(key, OverrideValue.of(value)));
    }

    /**
     * Returns the overrides.
     *
     * @throws RefusalException if a key or a value is invalid
     */
    static Overrides overrides(List<OverrideEntry> list) throws RefusalException {
        Overrides.Builder overrides = new Overrides.Builder();
        for (OverrideEntry entry : list) {
            overrides.put(entry.key(), entry.value().contents());
        }
        return overrides.build();
    }

    /**
     * Returns the list.
     *
     * @throws IllegalArgumentException if the list or one of its elements is missing; the message is a sentence
     */
    static List<OverrideEntry> require(String field, List<OverrideEntry> list) {
        if (list == null || list.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException(Messages.OverrideEntry_list(field));
        }
        return List.copyOf(list);
    }

    /** Reader of an array with exactly two elements. */
    static final class Reader extends PairDeserializer<OverrideValue, OverrideEntry> {

        private static final long serialVersionUID = 1L;

        Reader() {
            super(OverrideEntry.class, OverrideValue.class);
        }

        @Override
        OverrideEntry pair(String key, OverrideValue value) {
            return new OverrideEntry(key, value);
        }

        @Override
        String expected() {
            return Messages.OverrideEntry_expected();
        }
    }
}
