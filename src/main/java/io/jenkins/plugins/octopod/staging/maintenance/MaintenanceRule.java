package io.jenkins.plugins.octopod.staging.maintenance;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.state.LifetimePolicy;
import java.io.IOException;
import java.time.Instant;

/** Rule that makes an action due for a staging at some time. It reads no file if nothing is due. */
interface MaintenanceRule {

    /**
     * Decides what is due. It is asked before a request is made, and once more when the run of that request begins.
     *
     * @param policy the staging’s dates and status, without a request of this rule that is pending
     * @return the request that is to be made for the staging now; null if nothing is due
     */
    @CheckForNull
    StagingRequest due(Staging staging, LifetimePolicy policy, Instant now);

    /** Whether its action can’t be undone: then {@link CleanupSafeguard} may hold it back. */
    default boolean isIrreversible() {
        return false;
    }

    /** For what is done without a request; the staging may be busy. */
    default void onTick(Staging staging, Instant now) throws IOException {}
}
