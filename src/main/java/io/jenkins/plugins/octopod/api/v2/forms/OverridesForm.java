package io.jenkins.plugins.octopod.api.v2.forms;

import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.List;

/** What is wanted different from the defaults. */
public record OverridesForm(List<OverrideForm> deployment, List<OverrideForm> application) {

    /** @throws IllegalArgumentException with a sentence, if something is missing */
    public OverridesForm {
        deployment = OverrideForm.require("deployment", deployment);
        application = OverrideForm.require("application", application);
    }

    public static OverridesForm of(Staging staging) {
        return of(staging.getDeploymentOverrides(), staging.getApplicationOverrides());
    }

    static OverridesForm of(Overrides deployment, Overrides application) {
        return new OverridesForm(OverrideForm.listOf(deployment), OverrideForm.listOf(application));
    }

    /** @throws RefusalException if a key or a value can’t be one */
    public Overrides deploymentOverrides() throws RefusalException {
        return OverrideForm.overrides(deployment);
    }

    /** @throws RefusalException if a key or a value can’t be one */
    public Overrides applicationOverrides() throws RefusalException {
        return OverrideForm.overrides(application);
    }
}
