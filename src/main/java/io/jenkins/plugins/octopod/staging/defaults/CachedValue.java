package io.jenkins.plugins.octopod.staging.defaults;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;
import java.util.Optional;

/** Cached result of a script, or the reason why there is none. */
public sealed interface CachedValue<V> {

    /** The script is being asked; ask again soon. */
    record Loading<V>() implements CachedValue<V> {}

    /**
     * The script has answered.
     *
     * @param value what it said
     * @param refreshing whether it is being asked again, as some time has passed: ask again soon
     * @param problem why it couldn’t be asked again, in a sentence; null if it could, or there was no need to
     */
    record Ready<V>(
            V value, boolean refreshing, @CheckForNull String problem) implements CachedValue<V> {}

    /** The script failed. It is asked again some seconds later, if somebody still wants to know. */
    record Failed<V>(RestrictedMessage message) implements CachedValue<V> {

        public Failed(String sentence) {
            this(RestrictedMessage.unrestricted(sentence));
        }

        /** Returns the form for every user. */
        public String sentence() {
            return message.summary();
        }
    }

    /** There is nobody to ask the script now; the sentence says what to do. It is tried again as with {@link Failed}. */
    record Unavailable<V>(RestrictedMessage message) implements CachedValue<V> {

        public Unavailable(String sentence) {
            this(RestrictedMessage.unrestricted(sentence));
        }

        /** Returns the form for every user. */
        public String sentence() {
            return message.summary();
        }
    }

    /** Why there is no result; null if there is one, or the script is being asked. */
    @CheckForNull
    default RestrictedMessage failure() {
        return this instanceof Failed<V> failed
                ? failed.message()
                : this instanceof Unavailable<V> unavailable ? unavailable.message() : null;
    }

    /** Returns why there is no result, or why it couldn’t be refreshed; null if there is nothing to say. */
    @CheckForNull
    default String problem() {
        RestrictedMessage failure = failure();
        return failure == null ? null : failure.summary();
    }

    /** Returns the result; empty if it isn’t known. */
    default Optional<V> known() {
        return this instanceof Ready<V> ready ? Optional.of(ready.value()) : Optional.empty();
    }
}
