package io.jenkins.plugins.octopod.dashboard.dialog;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv.SuggestedTag;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.defaults.CachedDefaults;
import io.jenkins.plugins.octopod.staging.defaults.CachedValue;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import io.jenkins.plugins.octopod.staging.support.MessageDisclosure;
import java.util.List;
import java.util.function.Function;

/**
 * Output of the scripts for one kind of configuration, as far as it is currently known.
 *
 * @param defaults keys with their default values
 * @param keys keys that are available
 */
record ConfigurationState(Part<KeyValueEntry> defaults, Part<String> keys) {

    /** State of a script’s output. */
    enum State {
        LOADING,
        READY,
        FAILED,
        UNAVAILABLE
    }

    /**
     * Output of one script.
     *
     * @param state state of the output
     * @param list output; empty if unknown
     * @param pending whether to request the output again soon
     * @param sentence problem with the output; null if there is none
     */
    record Part<T>(
            State state,
            List<T> list,
            boolean pending,
            @CheckForNull String sentence) {

        static <V, T> Part<T> of(OctopodProject project, CachedValue<V> cachedValue, Function<V, List<T>> list) {
            if (cachedValue instanceof CachedValue.Ready<V> ready) {
                return new Part<>(State.READY, list.apply(ready.value()), ready.refreshing(), ready.problem());
            }
            String failure = MessageDisclosure.textOf(project, cachedValue.failure());
            if (cachedValue instanceof CachedValue.Failed<V>) {
                return new Part<>(State.FAILED, List.of(), false, failure);
            }
            if (cachedValue instanceof CachedValue.Unavailable<V>) {
                return new Part<>(State.UNAVAILABLE, List.of(), false, failure);
            }
            return new Part<>(State.LOADING, List.of(), true, null);
        }
    }

    /**
     * State of both kinds of configuration, and of the tags.
     *
     * @param deployment state of the deployment configuration
     * @param application state of the application configuration for that deployment
     * @param tags tags that can be deployed
     */
    record Both(ConfigurationState deployment, ConfigurationState application, Part<SuggestedTag> tags) {

        /** Returns the state for the current user. */
        static Both of(
                OctopodProject project, CachedDefaults cachedDefaults, CachedValue<List<SuggestedTag>> cachedTags) {
            return new Both(
                    state(project, cachedDefaults.deployment(), cachedDefaults.deploymentKeys()),
                    state(project, cachedDefaults.application(), cachedDefaults.applicationKeys()),
                    Part.of(project, cachedTags, list -> list));
        }

        /** Returns the state if scripts can’t be run. */
        static Both refused(OctopodProject project, String sentence) {
            return of(
                    project,
                    new CachedDefaults(
                            new CachedValue.Failed<>(sentence),
                            new CachedValue.Failed<>(sentence),
                            new CachedValue.Failed<>(sentence),
                            new CachedValue.Failed<>(sentence)),
                    DefaultsService.get().askTags(project));
        }

        private static ConfigurationState state(
                OctopodProject project, CachedValue<Configuration> defaults, CachedValue<List<String>> keys) {
            return new ConfigurationState(
                    Part.of(project, defaults, KeyValueEntry::of), Part.of(project, keys, list -> list));
        }
    }
}
