package io.jenkins.plugins.octopod.api.v2.dto;

import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.util.List;

/** Overrides of a staging, in which it differs from the default values. */
public record OverridesDto(List<OverrideDto> deployment, List<OverrideDto> application) {

    /**
     * Creates the overrides.
     *
     * @throws IllegalArgumentException if something is missing; the message is a sentence
     */
    public OverridesDto {
        deployment = OverrideDto.require("deployment", deployment);
        application = OverrideDto.require("application", application);
    }

    public static OverridesDto of(StagingOverrides overrides) {
        return new OverridesDto(
                OverrideDto.listOf(overrides.deployment()), OverrideDto.listOf(overrides.application()));
    }

    /**
     * Returns the overrides.
     *
     * @throws RefusalException if a key or a value is invalid
     */
    public StagingOverrides toOverrides() throws RefusalException {
        return new StagingOverrides(OverrideDto.overrides(application), OverrideDto.overrides(deployment));
    }
}
