package io.jenkins.plugins.octopod.kubernetes.status;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.engine.cluster.StagingWorkloads;
import io.jenkins.plugins.octopod.engine.cluster.WorkloadHealth;
import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;
import io.jenkins.plugins.octopod.health.Observation;
import io.jenkins.plugins.octopod.health.StagingProbe;
import io.jenkins.plugins.octopod.kubernetes.ClusterProperty;
import io.jenkins.plugins.octopod.kubernetes.KubernetesClientPlugin;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.kubernetes.watch.WatchedStaging;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.checks.StatusSource;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** Observes stagings in their cluster, if the project uses the cluster instead of the scripts. */
@OptionalExtension(requirePlugins = KubernetesClientPlugin.CLIENT)
public final class ClusterStatusSource extends StatusSource {

    @CheckForNull
    @Override
    public Observation observe(@NonNull Staging staging, @NonNull ControlScript script) {
        ClusterProperty property = ClusterProperty.of(staging.getParent());
        ClusterReconciler clusterReconciler = ClusterReconciler.getOrNull();
        if (property == null
                || clusterReconciler == null
                || property.getHealth() != HealthMode.INSTEAD_OF_CHECK
                || staging.getStatus().isArchived()) {
            // Archived stagings aren’t watched, so the scripts determine their status.
            return null;
        }
        WatchedStaging watchedStaging = clusterReconciler.watchedStaging(staging);
        if (watchedStaging != null) {
            return of(watchedStaging, staging, script);
        }
        RestrictedMessage problem = clusterReconciler.problem(staging);
        return problem == null
                ? new Observation.Unknown(Messages.Cluster_connecting())
                : new Observation.Unknown(problem);
    }

    /** Returns the cluster’s view of a staging, according to the staging’s status. */
    static Observation of(WatchedStaging watchedStaging, Staging staging) {
        boolean archiving = staging.getStatus() == Status.ArchivePending;
        return of(watchedStaging, staging, archiving ? ControlScript.ARCHIVE_CHECK : ControlScript.CHECK);
    }

    /** Returns the answer that the script would give. */
    private static Observation of(WatchedStaging watchedStaging, Staging staging, ControlScript script) {
        String error = watchedStaging.error();
        if (error != null) {
            return new Observation.Unknown(error);
        }
        if (!watchedStaging.watch().isKnown()) {
            return new Observation.Unknown(Messages.Cluster_connecting());
        }
        StagingWorkloads workloads = watchedStaging.workloads();
        if (script == ControlScript.ARCHIVE_CHECK) {
            return new Observation.ArchiveChecked(workloads.isNothingLeft());
        }
        WorkloadHealth health = WorkloadHealth.of(workloads, expectedTag(staging));
        return new Observation.Checked(new StagingProbe.ProbeResult(health.result(), health.sentence()));
    }

    /** Returns the tag that the overrides set; null if they set none. */
    @CheckForNull
    @ModuleInternal
    public static String expectedTag(Staging staging) {
        String key = staging.getParent().getTagKey();
        return staging.getDeploymentOverrides()
                .value(key)
                .or(() -> staging.getApplicationOverrides().value(key))
                .orElse(null);
    }
}
