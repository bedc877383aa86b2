package io.jenkins.plugins.octopod.kubernetes;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.engine.cluster.StagingWorkloads;
import io.jenkins.plugins.octopod.engine.cluster.WorkloadHealth;
import io.jenkins.plugins.octopod.health.Observation;
import io.jenkins.plugins.octopod.health.StagingProbe;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StatusSource;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** How stagings are by what their cluster says, where the project has it asked instead of the scripts. */
@OptionalExtension(requirePlugins = ClusterPlugins.CLIENT)
public final class ClusterStatus extends StatusSource {

    @CheckForNull
    @Override
    public Observation observe(@NonNull Staging staging, @NonNull ControlScript script) {
        ClusterProperty property = ClusterProperty.of(staging.getParent());
        Clusters clusters = Clusters.getOrNull();
        if (property == null
                || clusters == null
                || property.getHealth() != ClusterHealth.INSTEAD_OF_CHECK
                || staging.getStatus().isArchived()) {
            // What is archived isn’t watched, and whoever asks for it all the same is told what the scripts say.
            return null;
        }
        Seat seat = clusters.seat(staging);
        if (seat != null) {
            return of(seat, staging, script == ControlScript.ARCHIVE_CHECK);
        }
        String problem = clusters.problem(staging);
        return new Observation.Unknown(problem == null ? Messages.Cluster_connecting() : problem);
    }

    /** What the cluster says of a staging in the status that it has. */
    static Observation of(Seat seat, Staging staging) {
        return of(seat, staging, staging.getStatus() == Status.ArchivePending);
    }

    private static Observation of(Seat seat, Staging staging, boolean archiving) {
        String trouble = seat.trouble();
        if (trouble != null) {
            return new Observation.Unknown(trouble);
        }
        if (!seat.watch().isKnown()) {
            return new Observation.Unknown(Messages.Cluster_connecting());
        }
        StagingWorkloads workloads = seat.workloads();
        if (archiving) {
            return new Observation.ArchiveChecked(workloads.isNothingLeft());
        }
        WorkloadHealth health = WorkloadHealth.of(workloads, expectedTag(staging));
        return new Observation.Checked(new StagingProbe.Answer(health.result(), health.sentence()));
    }

    /** Null where nobody has said one. */
    @CheckForNull
    static String expectedTag(Staging staging) {
        String key = staging.getParent().getTagKey();
        return staging.getDeploymentOverrides()
                .value(key)
                .or(() -> staging.getApplicationOverrides().value(key))
                .orElse(null);
    }

    /**
     * What was said of a status.
     *
     * @param status what is said
     * @param sentence why it isn’t well; empty where it is, and where that isn’t what was asked
     */
    record Said(Object status, String sentence) {

        /** Null where nothing is said of a status. */
        @CheckForNull
        static Said of(Observation seen) {
            if (seen instanceof Observation.Checked checked) {
                return new Said(checked.answer().result(), checked.answer().sentence());
            }
            return seen instanceof Observation.ArchiveChecked archive ? new Said(archive.archived(), "") : null;
        }
    }
}
