package io.jenkins.plugins.octopod.dashboard.dialog;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.dashboard.model.StagingSummary;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.request.OverridesVersion;
import java.util.List;

/**
 * Current state of a staging, for the form for an update.
 *
 * @param name name of the staging
 * @param seen version of the overrides, which the update contains so that concurrent changes are detected
 * @param host host name of the staging; null if the project has no domain
 * @param changedBy display name of the user who changed the overrides last; null if unknown
 * @param changedAt time of the last change in milliseconds since 1970
 * @param deployment deployment overrides
 * @param application application overrides
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
