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
     * Decides what is due. Called before a request is made, and again when the run of that request begins.
     *
     * @param policy dates and status of the staging, without a pending request of this rule
     * @return request that should be made for the staging now; null if nothing is due
     */
    @CheckForNull
    StagingRequest due(Staging staging, LifetimePolicy policy, Instant now);

    /** Returns whether the rule’s action can’t be undone, so that {@link CleanupSafeguard} may delay it. */
    default boolean isIrreversible() {
        return false;
    }

    /** Does what needs no request. The staging can be busy. */
    default void onTick(Staging staging, Instant now) throws IOException {}
}
