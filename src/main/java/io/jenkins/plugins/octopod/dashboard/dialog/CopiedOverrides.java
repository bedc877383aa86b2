package io.jenkins.plugins.octopod.dashboard.dialog;

import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.request.OverridesCopy;
import java.util.List;

/**
 * Overrides of a staging, for the form for a new staging like it.
 *
 * @param name name of the existing staging
 * @param deployment deployment overrides
 * @param application application overrides
 * @param leftOut keys that are left out, because the user may not use their credentials
 */
record CopiedOverrides(
        String name, List<KeyValueEntry> deployment, List<KeyValueEntry> application, List<String> leftOut) {

    static CopiedOverrides of(Staging staging) {
        OverridesCopy copy = OverridesCopy.of(staging);
        return new CopiedOverrides(
                staging.getName(),
                KeyValueEntry.of(copy.overrides().deployment()),
                KeyValueEntry.of(copy.overrides().application()),
                copy.leftOut());
    }
}
