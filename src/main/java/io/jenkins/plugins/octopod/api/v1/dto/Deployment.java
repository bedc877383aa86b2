package io.jenkins.plugins.octopod.api.v1.dto;

import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.util.List;

/** Desired state of a staging. */
public record Deployment(String name, List<OverrideEntry> appOverrides, List<OverrideEntry> deploymentOverrides) {

    /**
     * Creates the state.
     *
     * @throws IllegalArgumentException if something is missing; the message is a sentence
     */
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

    /**
     * Returns the overrides.
     *
     * @throws RefusalException if a key or a value is invalid
     */
    public StagingOverrides overrides() throws RefusalException {
        return new StagingOverrides(
                OverrideEntry.overrides(appOverrides), OverrideEntry.overrides(deploymentOverrides));
    }
}
