package io.jenkins.plugins.octopod.staging.defaults;

import edu.umd.cs.findbugs.annotations.CheckForNull;
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
    record Failed<V>(String sentence) implements CachedValue<V> {}

    /** There is nobody to ask the script now; the sentence says what to do. It is tried again as with {@link Failed}. */
    record Unavailable<V>(String sentence) implements CachedValue<V> {}

    /** Empty where it isn’t known. */
    default Optional<V> known() {
        return this instanceof Ready<V> ready ? Optional.of(ready.value()) : Optional.empty();
    }
}
