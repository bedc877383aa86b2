package io.jenkins.plugins.octopod.staging.checks;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.health.Observation;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.Objects;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Provides the statuses of stagings without running their scripts, if a project’s settings say that it replaces them.
 */
@Restricted(NoExternalUse.class)
public abstract class StatusSource implements ExtensionPoint {

    /**
     * Returns the status of a staging. It is called often, under locks and on threads that must not block, so it uses
     * only memory and never throws.
     *
     * @param script script that it replaces: {@code check} or {@code archive_check}
     * @return null if the script must run
     */
    @CheckForNull
    public abstract Observation observe(@NonNull Staging staging, @NonNull ControlScript script);

    /** Returns the status that is known without running the script; empty if the script must run. */
    @NonNull
    public static Optional<Observation> ask(@NonNull Staging staging, @NonNull ControlScript script) {
        if (script != ControlScript.CHECK && script != ControlScript.ARCHIVE_CHECK) {
            return Optional.empty();
        }
        return ExtensionList.lookup(StatusSource.class).stream()
                .map(source -> source.observe(staging, script))
                .filter(Objects::nonNull)
                .findFirst();
    }
}
