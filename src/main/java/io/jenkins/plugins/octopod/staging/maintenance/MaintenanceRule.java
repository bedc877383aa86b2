package io.jenkins.plugins.octopod.staging.maintenance;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import java.io.IOException;
import java.time.Instant;

/** Rule that makes an action due for a staging at some time. It reads no file if nothing is due. */
interface MaintenanceRule {

    /**
     * @param staging that isn’t busy and isn’t in a pause after a failed try
     * @return what is to be asked for it now; null if nothing is
     */
    @CheckForNull
    StagingRequest due(Staging staging, Instant now);

    /** For what is done without a request; the staging may be busy. */
    default void onTick(Staging staging, Instant now) throws IOException {}
}
