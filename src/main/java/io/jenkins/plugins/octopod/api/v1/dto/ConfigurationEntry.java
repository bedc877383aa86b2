package io.jenkins.plugins.octopod.api.v1.dto;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.util.List;
import java.util.Objects;

/** Key and value of a configuration, in JSON an array of both. */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"key", "value"})
@JsonDeserialize(using = ConfigurationEntry.Reader.class)
public record ConfigurationEntry(String key, String value) {

    public ConfigurationEntry {
        Objects.requireNonNull(key);
        Objects.requireNonNull(value);
    }

    public static List<ConfigurationEntry> listOf(Configuration configuration) {
        return configuration.toList(ConfigurationEntry::new);
    }

    /**
     * Returns the configuration.
     *
     * @throws RefusalException if a key or a value would be invalid in an override, because it can’t be passed to control
     *     scripts
     */
    public static Configuration configuration(List<ConfigurationEntry> list) throws RefusalException {
        Overrides.Builder values = new Overrides.Builder();
        for (ConfigurationEntry entry : list) {
            values.set(entry.key(), entry.value());
        }
        return values.build().applyTo(Configuration.EMPTY);
    }

    /** Reader of an array with exactly two elements. */
    static final class Reader extends PairDeserializer<String, ConfigurationEntry> {

        private static final long serialVersionUID = 1L;

        Reader() {
            super(ConfigurationEntry.class, String.class);
        }

        @Override
        ConfigurationEntry pair(String key, String value) {
            return new ConfigurationEntry(key, value);
        }

        @Override
        String expected() {
            return Messages.ConfigurationEntry_expected();
        }
    }
}
