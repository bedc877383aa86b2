package io.jenkins.plugins.octopod.staging.request;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.User;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.staging.Staging;
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

    /** Returns the version of the staging’s current overrides. */
    public static OverridesVersion of(Staging staging) {
        return of(staging.getDeploymentOverrides(), staging.getApplicationOverrides());
    }

    private static OverridesVersion of(Overrides deployment, Overrides application) {
        // Unambiguous, because no key and no value contains a NUL.
        StringBuilder all = new StringBuilder();
        for (Overrides overrides : new Overrides[] {deployment, application}) {
            overrides.asMap().forEach((key, value) -> all.append(key)
                    .append(value == null ? "\0-" : "\0=")
                    .append(value == null ? "" : value)
                    .append('\0'));
            all.append('\0');
        }
        return new OverridesVersion(Util.getDigestOf(all.toString()));
    }

    /**
     * Checks that the staging’s overrides have the expected version.
     *
     * @param expectedVersion version that the overrides must have; null for any
     * @param staging staging to check; null if it doesn’t exist, which other checks refuse
     */
    @ModuleInternal
    public static void require(@CheckForNull OverridesVersion expectedVersion, @CheckForNull Staging staging)
            throws OverridesConflictException {
        if (expectedVersion != null && staging != null && !expectedVersion.equals(of(staging))) {
            throw new OverridesConflictException(sentence(staging));
        }
    }

    private static String sentence(Staging staging) {
        String id = staging.getChangedBy();
        if (id == null) {
            return Messages.OverridesVersion_changed(staging.getName());
        }
        User user = User.getById(id, false);
        return Messages.OverridesVersion_changedBy(staging.getName(), user == null ? id : user.getDisplayName());
    }
}
