package io.jenkins.plugins.octopod.staging.defaults;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;
import java.util.Optional;

/** Cached result of a script, or the reason why there is none. */
public sealed interface CachedValue<V> {

    /** The script is running; ask again soon. */
    record Loading<V>() implements CachedValue<V> {}

    /**
     * The script has returned a result.
     *
     * @param value result of the script
     * @param refreshing whether the script is running again, so that a caller should ask again soon
     * @param problem why the script couldn’t be run again, as a sentence; null if it could, or if that wasn’t necessary
     */
    record Ready<V>(
            V value, boolean refreshing, @CheckForNull String problem) implements CachedValue<V> {}

    /** The script failed. It is run again some seconds later, at the next request. */
    record Failed<V>(RestrictedMessage message) implements CachedValue<V> {

        public Failed(String sentence) {
            this(RestrictedMessage.unrestricted(sentence));
        }

        /** Returns the message that every user may read. */
        public String sentence() {
            return message.summary();
        }
    }

    /** The script can’t be run now; the message says what to do. It is run again as after {@link Failed}. */
    record Unavailable<V>(RestrictedMessage message) implements CachedValue<V> {

        public Unavailable(String sentence) {
            this(RestrictedMessage.unrestricted(sentence));
        }

        /** Returns the message that every user may read. */
        public String sentence() {
            return message.summary();
        }
    }

    /** Returns why there is no result; null if there is one, or the script is running. */
    @CheckForNull
    default RestrictedMessage failure() {
        return this instanceof Failed<V> failed
                ? failed.message()
                : this instanceof Unavailable<V> unavailable ? unavailable.message() : null;
    }

    /** Returns the result; empty if unknown. */
    default Optional<V> known() {
        return this instanceof Ready<V> ready ? Optional.of(ready.value()) : Optional.empty();
    }
}
