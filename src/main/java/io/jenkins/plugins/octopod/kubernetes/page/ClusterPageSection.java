package io.jenkins.plugins.octopod.kubernetes.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.kubernetes.KubernetesClientPlugin;
import io.jenkins.plugins.octopod.kubernetes.status.ClusterReconciler;
import io.jenkins.plugins.octopod.kubernetes.watch.WatchedStaging;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.extension.StagingPageSection;
import io.jenkins.plugins.octopod.staging.support.MessageDisclosure;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** Section about the cluster on a staging’s page. */
@OptionalExtension(requirePlugins = KubernetesClientPlugin.CLIENT)
public final class ClusterPageSection extends StagingPageSection {

    @CheckForNull
    @Override
    public Content of(@NonNull Staging staging) {
        ClusterReconciler clusterReconciler = ClusterReconciler.getOrNull();
        if (clusterReconciler == null || staging.getStatus().isArchived()) {
            return null;
        }
        WatchedStaging watchedStaging = clusterReconciler.watchedStaging(staging);
        String problem = MessageDisclosure.textOf(staging.getParent(), clusterReconciler.problem(staging));
        return watchedStaging == null && problem == null ? null : new ClusterView(staging, watchedStaging, problem);
    }
}
