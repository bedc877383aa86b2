package io.jenkins.plugins.octopod.kubernetes;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingPageSection;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** What a staging’s page shows of its cluster. */
@OptionalExtension(requirePlugins = ClusterPlugins.CLIENT)
public final class ClusterSection extends StagingPageSection {

    @CheckForNull
    @Override
    public Content of(@NonNull Staging staging) {
        Clusters clusters = Clusters.getOrNull();
        if (clusters == null || staging.getStatus().isArchived()) {
            return null;
        }
        Seat seat = clusters.seat(staging);
        String problem = clusters.problem(staging);
        return seat == null && problem == null ? null : new ClusterView(staging, seat, problem);
    }
}
