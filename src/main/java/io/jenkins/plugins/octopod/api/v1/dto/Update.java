package io.jenkins.plugins.octopod.api.v1.dto;

import java.util.List;

/** What a staging is to have from now on: exactly these overrides. */
public record Update(List<OverrideEntry> appOverrides, List<OverrideEntry> deploymentOverrides) {

    /** @throws IllegalArgumentException with a sentence, if something is missing */
    public Update {
        appOverrides = OverrideEntry.require("app_overrides", appOverrides);
        deploymentOverrides = OverrideEntry.require("deployment_overrides", deploymentOverrides);
    }

    /** The same as what a staging of that name is. */
    public Deployment named(String name) {
        return new Deployment(name, appOverrides, deploymentOverrides);
    }
}
