package io.jenkins.plugins.octopod.engine;

import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.text.PrintableText;
import io.jenkins.plugins.octopod.engine.text.QuotedText;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/** Changes to the default configuration: keys that are set to a value and keys that are removed, in the given order. */
public final class Overrides implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Limit in characters for a quoted line or key. */
    static final int MAX_QUOTED_LENGTH = 100;

    public static final Overrides NONE = new Overrides(Map.of());

    /** Values by key; null for a removed key. */
    private final LinkedHashMap<String, String> entries;

    private Overrides(Map<String, String> entries) {
        this.entries = new LinkedHashMap<>(entries);
    }

    /**
     * Returns overrides with the entries.
     *
     * @param entries values by key; null removes the key
     * @throws RefusalException if a key is invalid, or a value contains a character that can't be stored
     */
    public static Overrides of(Map<String, String> entries) throws RefusalException {
        Builder builder = new Builder();
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            builder.put(entry.getKey(), entry.getValue());
        }
        return builder.build();
    }

    /**
     * Parses lines. {@code KEY=VALUE} sets a key, and {@code -KEY} removes it. Empty lines and lines that start with
     * {@code #} are skipped.
     *
     * @throws RefusalException if a line is invalid; the message names it
     */
    public static Overrides parse(String lines) throws RefusalException {
        Builder builder = new Builder();
        int number = 0;
        for (String raw : lines.split("\\R", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            boolean removes = equals < 0 && line.startsWith("-");
            if (equals < 0 && !removes) {
                throw unreadable(number, line, "value");
            }
            String key = removes ? line.substring(1) : line.substring(0, equals);
            if (ConfigurationKey.normalize(key).isEmpty()) {
                throw unreadable(number, line, "key");
            }
            if (removes) {
                builder.remove(key);
            } else {
                builder.set(key, line.substring(equals + 1));
            }
        }
        return builder.build();
    }

    private static RefusalException unreadable(int number, String line, String missing) {
        return new RefusalException(
                Reason.INVALID_INPUT,
                "Line " + number + " (“" + QuotedText.of(line, MAX_QUOTED_LENGTH) + "”) has no " + missing
                        + ": write KEY=VALUE to set a key, or -KEY to remove it.");
    }

    /** Returns the values by key, in order; null for a removed key. Unmodifiable. */
    public Map<String, String> asMap() {
        return Collections.unmodifiableMap(entries);
    }

    /**
     * Returns the overrides as a list, in order.
     *
     * @param element function that makes an element of a key and its value; the value is null for a removed key
     */
    public <T> List<T> toList(BiFunction<String, String, T> element) {
        return entries.entrySet().stream()
                .map(entry -> element.apply(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * Returns the overrides that match, in their order.
     *
     * @param predicate predicate of key and value; the value is null if the override removes the key
     */
    public Overrides filter(BiPredicate<String, String> predicate) {
        Map<String, String> matching = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            if (predicate.test(key, value)) {
                matching.put(key, value);
            }
        });
        return matching.isEmpty() ? NONE : new Overrides(matching);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Returns the value that the key is set to; empty if it isn't set, or is removed. */
    public Optional<String> value(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    public boolean isRemoved(String key) {
        return entries.containsKey(key) && entries.get(key) == null;
    }

    /** Returns these overrides with later ones applied. A key in both keeps its position. */
    public Overrides mergedWith(Overrides later) {
        Map<String, String> merged = new LinkedHashMap<>(entries);
        merged.putAll(later.entries);
        return new Overrides(merged);
    }

    /**
     * Returns the full configuration. Default values keep their order, also if overridden; removed keys are left out.
     * Other keys follow in the order of the overrides.
     */
    public Configuration applyTo(Configuration defaults) {
        Map<String, String> full = new LinkedHashMap<>(defaults.asMap());
        entries.forEach((key, value) -> {
            if (value == null) {
                full.remove(key);
            } else {
                full.put(key, value);
            }
        });
        return Configuration.of(full);
    }

    /**
     * Returns lines for {@link #parse}. They are parsed correctly if no key begins with {@code #} and no value has a
     * line break or ends in white space.
     */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        entries.forEach((key, value) -> lines.add(value == null ? '-' + key : key + '=' + value));
        return String.join("\n", lines);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Overrides that
                && new ArrayList<>(entries.entrySet()).equals(new ArrayList<>(that.entries.entrySet()));
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    /** Builder of overrides. A repeated key keeps its position and gets the later value. */
    public static final class Builder {

        private final Map<String, String> entries = new LinkedHashMap<>();

        public Builder set(String key, String value) throws RefusalException {
            String kept = ConfigurationKey.require(key);
            Optional<String> unstorable = PrintableText.firstUnstorable(value);
            if (unstorable.isPresent()) {
                throw new RefusalException(
                        Reason.INVALID_INPUT,
                        "The value of “" + QuotedText.of(kept, MAX_QUOTED_LENGTH) + "” has the character "
                                + unstorable.get() + " in it, which can’t be stored: remove it.");
            }
            entries.put(kept, value);
            return this;
        }

        public Builder remove(String key) throws RefusalException {
            entries.put(ConfigurationKey.require(key), null);
            return this;
        }

        /**
         * Sets or removes a key.
         *
         * @param value value of the key; null removes the key
         */
        public Builder put(String key, String value) throws RefusalException {
            return value == null ? remove(key) : set(key, value);
        }

        public Overrides build() {
            return entries.isEmpty() ? NONE : new Overrides(entries);
        }
    }
}
