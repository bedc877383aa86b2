package io.jenkins.plugins.octopod.api.v1.dto;

import java.util.List;

/** New overrides of a staging, which replace all others. */
public record Update(List<OverrideEntry> appOverrides, List<OverrideEntry> deploymentOverrides) {

    /**
     * Creates the overrides.
     *
     * @throws IllegalArgumentException if something is missing; the message is a sentence
     */
    public Update {
        appOverrides = OverrideEntry.require("app_overrides", appOverrides);
        deploymentOverrides = OverrideEntry.require("deployment_overrides", deploymentOverrides);
    }

    /** Returns the desired state of the staging with the name. */
    public Deployment named(String name) {
        return new Deployment(name, appOverrides, deploymentOverrides);
    }
}
