package io.jenkins.plugins.octopod.cli.output;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.util.List;

/** JSON representation of the overrides of a staging, or of the overrides with which an action ran. */
record OverridesJson(List<Entry> applicationOverrides, List<Entry> deploymentOverrides) {

    /**
     * JSON representation of an override.
     *
     * @param value value of the key; {@code null} if the key is removed
     */
    record Entry(String key, @CheckForNull String value) {}

    static OverridesJson of(Staging staging) {
        return of(staging.getApplicationOverrides(), staging.getDeploymentOverrides());
    }

    static OverridesJson of(StagingRun run) {
        return of(run.getApplicationOverrides(), run.getDeploymentOverrides());
    }

    private static OverridesJson of(Overrides application, Overrides deployment) {
        return new OverridesJson(application.toList(Entry::new), deployment.toList(Entry::new));
    }
}
