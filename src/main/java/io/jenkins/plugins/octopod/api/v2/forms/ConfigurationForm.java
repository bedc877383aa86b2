package io.jenkins.plugins.octopod.api.v2.forms;

import com.fasterxml.jackson.annotation.JsonProperty;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.defaults.Answer;
import io.jenkins.plugins.octopod.staging.defaults.ConfiguredValue;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsAnswers;
import java.util.List;

/** The full configuration of a staging, as far as it is known by now. */
public record ConfigurationForm(Section deployment, Section application) {

    /**
     * One of the two.
     *
     * @param defaults whether they are known: {@code ready}, {@code loading}, {@code failed}, {@code unavailable}, or {@code hidden}
     *     from the viewer; where they aren’t, the values are the overrides alone
     * @param problem why they aren’t known, or may be out of date; null where there is nothing to say
     */
    public record Section(String defaults, @CheckForNull String problem, List<Value> values) {

        private static Section of(Overrides overrides, @CheckForNull Answer<Configuration> answer) {
            Configuration known = answer == null ? null : answer.known().orElse(null);
            return new Section(
                    state(answer),
                    problem(answer),
                    ConfiguredValue.listOf(overrides, known).stream()
                            .map(Value::of)
                            .toList());
        }

        private static String state(@CheckForNull Answer<Configuration> answer) {
            if (answer instanceof Answer.Ready) {
                return "ready";
            }
            if (answer instanceof Answer.Failed) {
                return "failed";
            }
            if (answer instanceof Answer.Unavailable) {
                return "unavailable";
            }
            return answer == null ? "hidden" : "loading";
        }

        @CheckForNull
        private static String problem(@CheckForNull Answer<Configuration> answer) {
            if (answer instanceof Answer.Failed<Configuration> failed) {
                return failed.sentence();
            }
            if (answer instanceof Answer.Unavailable<Configuration> unavailable) {
                return unavailable.sentence();
            }
            return answer instanceof Answer.Ready<Configuration> ready ? ready.problem() : null;
        }
    }

    /**
     * The value of one key, and where it comes from.
     *
     * @param value null where the key is removed
     * @param byDefault the value that it would have otherwise; null where it would have none, or that isn’t known
     */
    public record Value(
            String key,
            String origin,
            @CheckForNull String value,
            @CheckForNull @JsonProperty("default") String byDefault) {

        private static Value of(ConfiguredValue value) {
            return new Value(value.key(), Words.of(value.origin()), value.value(), value.byDefault());
        }
    }

    /** @param answers what the scripts say of defaults; null where the viewer may not know */
    public static ConfigurationForm of(Staging staging, @CheckForNull DefaultsAnswers answers) {
        return new ConfigurationForm(
                Section.of(staging.getDeploymentOverrides(), answers == null ? null : answers.deployment()),
                Section.of(staging.getApplicationOverrides(), answers == null ? null : answers.application()));
    }
}
