package io.jenkins.plugins.octopod.dashboard.dialog;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.staging.defaults.CachedDefaults;
import io.jenkins.plugins.octopod.staging.defaults.CachedValue;
import java.util.List;
import java.util.function.Function;

/**
 * Output of the scripts for one kind of configuration, as far as it is currently known.
 *
 * @param defaults keys with their default values
 * @param keys keys that are available
 */
record ConfigurationState(Part<KeyValueEntry> defaults, Part<String> keys) {

    /** Whether the output of a script is known. */
    enum State {
        LOADING,
        READY,
        FAILED,
        UNAVAILABLE
    }

    /**
     * What one script says.
     *
     * @param state how far it is
     * @param list what it said; empty where that isn’t known
     * @param pending whether it is worth asking again soon
     * @param sentence what is wrong; null if nothing is
     */
    record Part<T>(
            State state,
            List<T> list,
            boolean pending,
            @CheckForNull String sentence) {

        static <V, T> Part<T> of(CachedValue<V> cachedValue, Function<V, List<T>> list) {
            if (cachedValue instanceof CachedValue.Ready<V> ready) {
                return new Part<>(State.READY, list.apply(ready.value()), ready.refreshing(), ready.problem());
            }
            if (cachedValue instanceof CachedValue.Failed<V> failed) {
                return new Part<>(State.FAILED, List.of(), false, failed.sentence());
            }
            if (cachedValue instanceof CachedValue.Unavailable<V> unavailable) {
                return new Part<>(State.UNAVAILABLE, List.of(), false, unavailable.sentence());
            }
            return new Part<>(State.LOADING, List.of(), true, null);
        }
    }

    /**
     * Of both kinds.
     *
     * @param deployment of the deployment
     * @param application of the application, in that deployment
     */
    record Both(ConfigurationState deployment, ConfigurationState application) {

        static Both of(CachedDefaults cachedDefaults) {
            return new Both(
                    state(cachedDefaults.deployment(), cachedDefaults.deploymentKeys()),
                    state(cachedDefaults.application(), cachedDefaults.applicationKeys()));
        }

        private static ConfigurationState state(CachedValue<Configuration> defaults, CachedValue<List<String>> keys) {
            return new ConfigurationState(Part.of(defaults, KeyValueEntry::of), Part.of(keys, list -> list));
        }
    }
}
