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
     * One of the two.
     *
     * @param defaults whether they are known: {@code ready}, {@code loading}, {@code failed}, {@code unavailable}, or {@code hidden}
     *     from the viewer; where they aren’t, the values are the overrides alone
     * @param problem why they aren’t known, or may be out of date; null if there is nothing to say
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
     * The value of one key, and where it comes from.
     *
     * @param value null if the key is removed
     * @param defaultValue the value that it would have otherwise; null if it would have none, or that isn’t known
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

    /** @param cachedDefaults what the scripts say of defaults; null if the viewer may not know */
    public static ConfigurationDto of(Staging staging, @CheckForNull CachedDefaults cachedDefaults) {
        return new ConfigurationDto(
                Section.of(
                        staging.getDeploymentOverrides(), cachedDefaults == null ? null : cachedDefaults.deployment()),
                Section.of(
                        staging.getApplicationOverrides(),
                        cachedDefaults == null ? null : cachedDefaults.application()));
    }
}
