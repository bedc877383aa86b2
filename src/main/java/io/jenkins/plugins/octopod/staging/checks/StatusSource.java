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

/** Knows how stagings are without asking their scripts, where a project says that it is to be believed instead of them. */
@Restricted(NoExternalUse.class)
public abstract class StatusSource implements ExtensionPoint {

    /**
     * How the staging is. Called often, also under locks and by those that may not wait: it answers from memory, and never
     * throws.
     *
     * @param script that it answers instead of: {@code check} or {@code archive_check}
     * @return null if the script is to be asked
     */
    @CheckForNull
    public abstract Observation observe(@NonNull Staging staging, @NonNull ControlScript script);

    /** What is known without asking the script; empty where it is to be asked. */
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
