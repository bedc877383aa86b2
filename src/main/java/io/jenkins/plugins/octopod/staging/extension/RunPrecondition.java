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
 * Decides, when a run begins and before its script, whether what was requested is still to be done: the run may have waited
 * for days.
 */
@Restricted(NoExternalUse.class)
public interface RunPrecondition extends ExtensionPoint {

    /**
     * Reads no file. Called on the run’s thread.
     *
     * @return why the run is to end without its script, in a sentence; null if it is to go on
     */
    @CheckForNull
    String refusal(StagingRun run);

    /** Returns the first refusal of all preconditions; empty if the run is to go on. */
    static Optional<String> refusalOf(StagingRun run) {
        return ExtensionList.lookup(RunPrecondition.class).stream()
                .map(precondition -> precondition.refusal(run))
                .filter(Objects::nonNull)
                .findFirst();
    }
}
