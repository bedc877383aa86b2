package io.jenkins.plugins.octopod.dashboard.dialog;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.dashboard.model.StagingSummary;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.overrides.OverridesVersion;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.util.List;

/**
 * Current state of a staging, for the form for an update.
 *
 * @param name name of the staging
 * @param seen version of the overrides, which the update contains so that concurrent changes are detected
 * @param host host name of the staging; null if the project has no domain
 * @param deployment deployment overrides
 * @param application application overrides
 */
record CurrentOverrides(
        String name,
        String seen,
        @CheckForNull String host,
        @JsonUnwrapped LastChange lastChange,
        List<KeyValueEntry> deployment,
        List<KeyValueEntry> application) {

    /**
     * Last change of a staging.
     *
     * @param changedBy display name of the user who changed the overrides last; null if unknown
     * @param changedAt time of the last change in milliseconds since 1970
     */
    record LastChange(@CheckForNull String changedBy, long changedAt) {

        private static LastChange of(Staging staging) {
            return new LastChange(
                    new StagingSummary(staging).getChangedBy(),
                    staging.changedAt().toEpochMilli());
        }
    }

    static CurrentOverrides of(Staging staging) {
        StagingOverrides overrides = staging.overrides();
        return new CurrentOverrides(
                staging.getName(),
                OverridesVersion.of(overrides).version(),
                NameValidation.host(staging.getParent(), staging.getName()),
                LastChange.of(staging),
                KeyValueEntry.of(overrides.deployment()),
                KeyValueEntry.of(overrides.application()));
    }
}
