package io.jenkins.plugins.octopod.kubernetes.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.health.Observation;

/**
 * A status that the cluster reported.
 *
 * @param status result of the check or, while the staging is being archived, whether it is archived
 * @param sentence why the staging isn’t healthy; empty if it is, or if {@code status} is about archiving
 */
@ModuleInternal
public record ReportedStatus(Object status, String sentence) {

    /** Returns the status that the observation contains; null if it contains none. */
    @CheckForNull
    public static ReportedStatus of(Observation seen) {
        if (seen instanceof Observation.Checked checked) {
            return new ReportedStatus(
                    checked.probeResult().result(), checked.probeResult().sentence());
        }
        return seen instanceof Observation.ArchiveChecked archive ? new ReportedStatus(archive.archived(), "") : null;
    }
}
