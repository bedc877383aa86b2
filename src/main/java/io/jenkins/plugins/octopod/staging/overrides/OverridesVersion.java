package io.jenkins.plugins.octopod.staging.overrides;

import hudson.Util;
import io.jenkins.plugins.octopod.engine.Overrides;
import java.util.List;
import java.util.Objects;

/**
 * Optimistic-locking token: the version of the overrides that a user saw before changing them. It prevents users from
 * overwriting each other’s changes by accident.
 *
 * @param version opaque digest of the overrides; differs if the overrides differ
 */
public record OverridesVersion(String version) {

    public OverridesVersion {
        Objects.requireNonNull(version);
    }

    /** Returns the version of these overrides. */
    public static OverridesVersion of(StagingOverrides stagingOverrides) {
        // Unambiguous, because no key and no value contains a NUL.
        StringBuilder all = new StringBuilder();
        for (Overrides overrides : List.of(stagingOverrides.deployment(), stagingOverrides.application())) {
            overrides.asMap().forEach((key, value) -> all.append(key)
                    .append(value == null ? "\0-" : "\0=")
                    .append(value == null ? "" : value)
                    .append('\0'));
            all.append('\0');
        }
        return new OverridesVersion(Util.getDigestOf(all.toString()));
    }
}
