package io.jenkins.plugins.octopod.staging.request;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.User;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.overrides.OverridesVersion;

/** Refusal of an update because the overrides have changed since the caller read them. */
public final class OverridesConflictException extends RefusalException {

    private static final long serialVersionUID = 1L;

    private OverridesConflictException(String sentence) {
        super(Reason.NOT_NOW, sentence);
    }

    /**
     * Checks that the staging’s overrides have the expected version.
     *
     * @param expectedVersion version that the overrides must have; null for any
     * @param staging staging to check; null if it doesn’t exist, which other checks refuse
     * @throws OverridesConflictException if the overrides have a different version
     */
    @ModuleInternal
    public static void requireVersion(@CheckForNull OverridesVersion expectedVersion, @CheckForNull Staging staging)
            throws OverridesConflictException {
        if (expectedVersion != null
                && staging != null
                && !expectedVersion.equals(OverridesVersion.of(staging.overrides()))) {
            throw new OverridesConflictException(sentence(staging));
        }
    }

    private static String sentence(Staging staging) {
        String id = staging.getChangedBy();
        if (id == null) {
            return Messages.OverridesConflictException_changed(staging.getName());
        }
        User user = User.getById(id, false);
        return Messages.OverridesConflictException_changedBy(
                staging.getName(), user == null ? id : user.getDisplayName());
    }
}
