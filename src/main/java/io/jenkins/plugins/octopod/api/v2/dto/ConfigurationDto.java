package io.jenkins.plugins.octopod.api.v2.dto;

import com.fasterxml.jackson.annotation.JsonProperty;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.api.v2.format.ApiFormat;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.defaults.CachedDefaults;
import io.jenkins.plugins.octopod.staging.defaults.CachedValue;
import io.jenkins.plugins.octopod.staging.defaults.EffectiveValue;
import java.util.List;

/** Full configuration of a staging, as far as it is currently known. */
public record ConfigurationDto(Section deployment, Section application) {

    /**
     * One kind of configuration.
     *
     * @param defaults state of the defaults: {@code ready}, {@code loading}, {@code failed}, {@code unavailable}, or
     *     {@code hidden} from the user
     * @param problem sentence that says why the defaults are unknown or out of date; {@code null} if they are neither
     * @param values values of all keys; only of overridden keys if the defaults are unknown
     */
    public record Section(String defaults, @CheckForNull String problem, List<Value> values) {

        private static Section of(Overrides overrides, @CheckForNull CachedValue<Configuration> cachedValue) {
            Configuration known =
                    cachedValue == null ? null : cachedValue.known().orElse(null);
            return new Section(
                    state(cachedValue),
                    cachedValue == null ? null : cachedValue.problem(),
                    EffectiveValue.listOf(overrides, known).stream()
                            .map(Value::of)
                            .toList());
        }

        private static String state(@CheckForNull CachedValue<Configuration> cachedValue) {
            if (cachedValue instanceof CachedValue.Ready) {
                return "ready";
            }
            if (cachedValue instanceof CachedValue.Failed) {
                return "failed";
            }
            if (cachedValue instanceof CachedValue.Unavailable) {
                return "unavailable";
            }
            return cachedValue == null ? "hidden" : "loading";
        }
    }

    /**
     * Value of one key, and its origin.
     *
     * @param origin name of the origin in this API
     * @param value current value; {@code null} if the key is removed
     * @param defaultValue value without the override; {@code null} if there is none, or it is unknown
     */
    public record Value(
            String key,
            String origin,
            @CheckForNull String value,
            @CheckForNull @JsonProperty("default") String defaultValue) {

        private static Value of(EffectiveValue value) {
            return new Value(value.key(), ApiFormat.of(value.origin()), value.value(), value.defaultValue());
        }
    }

    /**
     * Returns the configuration.
     *
     * @param cachedDefaults defaults from the scripts; {@code null} if the user isn’t allowed to see them
     */
    public static ConfigurationDto of(Staging staging, @CheckForNull CachedDefaults cachedDefaults) {
        return new ConfigurationDto(
                Section.of(
                        staging.getDeploymentOverrides(), cachedDefaults == null ? null : cachedDefaults.deployment()),
                Section.of(
                        staging.getApplicationOverrides(),
                        cachedDefaults == null ? null : cachedDefaults.application()));
    }
}
