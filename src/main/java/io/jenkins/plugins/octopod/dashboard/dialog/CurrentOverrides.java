package io.jenkins.plugins.octopod.dashboard.dialog;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.dashboard.model.StagingSummary;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.request.OverridesVersion;
import java.util.List;

/**
 * What a staging has now, for the form for an update.
 *
 * @param name of the staging
 * @param seen to be sent back with the update: by it, a change that was made meanwhile is noticed
 * @param host by which the staging is known; null if the project has no domain
 * @param changedBy who has made it so, as people call them; null if that isn’t known
 * @param changedAt when, in milliseconds since 1970
 * @param deployment overrides
 * @param application overrides
 */
record CurrentOverrides(
        String name,
        String seen,
        @CheckForNull String host,
        @CheckForNull String changedBy,
        long changedAt,
        List<KeyValueEntry> deployment,
        List<KeyValueEntry> application) {

    static CurrentOverrides of(Staging staging) {
        StagingSummary summary = new StagingSummary(staging);
        return new CurrentOverrides(
                staging.getName(),
                OverridesVersion.of(staging).version(),
                NameValidation.host(staging.getParent(), staging.getName()),
                summary.getChangedBy(),
                staging.changedAt().toEpochMilli(),
                KeyValueEntry.of(staging.getDeploymentOverrides()),
                KeyValueEntry.of(staging.getApplicationOverrides()));
    }
}
