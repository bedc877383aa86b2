package io.jenkins.plugins.octopod.staging.extension;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.util.Objects;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Decides when a run begins, and before its script, whether its request is still valid, because the run might have waited
 * for days.
 */
@Restricted(NoExternalUse.class)
public interface RunPrecondition extends ExtensionPoint {

    /**
     * Returns why the run must end without its script. Reads no file. Called on the run’s thread.
     *
     * @return reason, as a sentence; null if the run may continue
     */
    @CheckForNull
    String refusal(StagingRun run);

    /** Returns the first refusal of all preconditions; empty if the run may continue. */
    static Optional<String> refusalOf(StagingRun run) {
        return ExtensionList.lookup(RunPrecondition.class).stream()
                .map(precondition -> precondition.refusal(run))
                .filter(Objects::nonNull)
                .findFirst();
    }
}
