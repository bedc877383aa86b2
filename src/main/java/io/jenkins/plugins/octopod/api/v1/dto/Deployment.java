package io.jenkins.plugins.octopod.api.v1.dto;

import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.List;

/** A staging as somebody wants it. */
public record Deployment(String name, List<OverrideEntry> appOverrides, List<OverrideEntry> deploymentOverrides) {

    /** @throws IllegalArgumentException with a sentence, if something is missing */
    public Deployment {
        if (name == null) {
            throw new IllegalArgumentException(Messages.Deployment_name());
        }
        appOverrides = OverrideEntry.require("app_overrides", appOverrides);
        deploymentOverrides = OverrideEntry.require("deployment_overrides", deploymentOverrides);
    }

    public static Deployment of(Staging staging) {
        return new Deployment(
                staging.getName(),
                OverrideEntry.listOf(staging.getApplicationOverrides()),
                OverrideEntry.listOf(staging.getDeploymentOverrides()));
    }

    /** @throws RefusalException if a key or a value can’t be one */
    public Overrides application() throws RefusalException {
        return OverrideEntry.overrides(appOverrides);
    }

    /** @throws RefusalException if a key or a value can’t be one */
    public Overrides deployment() throws RefusalException {
        return OverrideEntry.overrides(deploymentOverrides);
    }
}
