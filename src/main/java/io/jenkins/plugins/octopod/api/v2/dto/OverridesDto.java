package io.jenkins.plugins.octopod.api.v2.dto;

import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.List;

/** Overrides of a staging: what differs from the defaults. */
public record OverridesDto(List<OverrideDto> deployment, List<OverrideDto> application) {

    /** @throws IllegalArgumentException with a sentence, if something is missing */
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

    /** @throws RefusalException if a key or a value can’t be one */
    public Overrides deploymentOverrides() throws RefusalException {
        return OverrideDto.overrides(deployment);
    }

    /** @throws RefusalException if a key or a value can’t be one */
    public Overrides applicationOverrides() throws RefusalException {
        return OverrideDto.overrides(application);
    }
}
