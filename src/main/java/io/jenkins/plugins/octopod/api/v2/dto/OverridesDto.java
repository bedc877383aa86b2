package io.jenkins.plugins.octopod.api.v2.dto;

import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Staging;
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

    public static OverridesDto of(Staging staging) {
        return of(staging.getDeploymentOverrides(), staging.getApplicationOverrides());
    }

    static OverridesDto of(Overrides deployment, Overrides application) {
        return new OverridesDto(OverrideDto.listOf(deployment), OverrideDto.listOf(application));
    }

    /**
     * Returns the deployment overrides.
     *
     * @throws RefusalException if a key or a value is invalid
     */
    public Overrides deploymentOverrides() throws RefusalException {
        return OverrideDto.overrides(deployment);
    }

    /**
     * Returns the application overrides.
     *
     * @throws RefusalException if a key or a value is invalid
     */
    public Overrides applicationOverrides() throws RefusalException {
        return OverrideDto.overrides(application);
    }
}
