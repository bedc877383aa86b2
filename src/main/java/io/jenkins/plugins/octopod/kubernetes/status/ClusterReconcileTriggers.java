package io.jenkins.plugins.octopod.kubernetes.status;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.XmlFile;
import hudson.init.Terminator;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Saveable;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.kubernetes.KubernetesClientPlugin;
import io.jenkins.plugins.octopod.security.SecuritySettings;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import org.jenkinsci.plugins.variant.OptionalExtension;

/**
 * Events after which {@link ClusterReconciler} must read the settings again. This class refers to no class of the
 * client, because part of it is called without the client’s plugin.
 */
public final class ClusterReconcileTriggers {

    private static final String CREDENTIALS = "com.cloudbees.plugins.credentials.";

    private ClusterReconcileTriggers() {}

    private static void reconcileSoon() {
        ClusterReconciler clusterReconciler = ClusterReconciler.getOrNull();
        if (clusterReconciler != null) {
            clusterReconciler.reconcileSoon();
        }
    }

    /** Closes all connections when Jenkins stops, so that broken connections don’t appear in its log. */
    @Terminator
    public static void stop() {
        if (KubernetesClientPlugin.haveClient()) {
            ClusterReconciler clusterReconciler = ClusterReconciler.getOrNull();
            if (clusterReconciler != null) {
                clusterReconciler.stop();
            }
        }
    }

    /** Triggers a reconciliation when items are loaded, created, moved or deleted. */
    @OptionalExtension(requirePlugins = KubernetesClientPlugin.CLIENT)
    public static final class ItemTrigger extends ItemListener {
        @Override
        public void onLoaded() {
            reconcileSoon();
        }

        @Override
        public void onCreated(Item item) {
            changed(item);
        }

        @Override
        public void onDeleted(Item item) {
            changed(item);
        }

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            changed(item);
        }

        private static void changed(Item item) {
            if (item instanceof Staging || item instanceof ItemGroup<?>) {
                reconcileSoon();
            }
        }
    }

    /** Triggers a reconciliation when settings of projects, security settings or credentials are saved. */
    @OptionalExtension(requirePlugins = KubernetesClientPlugin.CLIENT)
    public static final class SettingsTrigger extends SaveableListener {
        @Override
        public void onChange(Saveable saved, XmlFile file) {
            // Folders and Jenkins itself can contain credentials.
            if (saved instanceof ItemGroup<?>
                    || saved instanceof SecuritySettings
                    || saved.getClass().getName().startsWith(CREDENTIALS)) {
                reconcileSoon();
            }
        }
    }

    /**
     * Triggers a reconciliation when a staging is archived or restored, because archived stagings aren’t watched. Also
     * applies the cluster’s status when a staging has changed, for example because a run has ended.
     */
    @OptionalExtension(requirePlugins = KubernetesClientPlugin.CLIENT)
    public static final class StagingTrigger extends StagingListener {
        @Override
        public void onChanged(@NonNull Staging staging) {
            ClusterReconciler clusterReconciler = ClusterReconciler.getOrNull();
            if (clusterReconciler != null) {
                clusterReconciler.requeue(staging);
            }
        }

        @Override
        public void onStatusChanged(@NonNull Staging staging, @NonNull Status before, @NonNull Status now) {
            if (before.isArchived() != now.isArchived()) {
                reconcileSoon();
            }
        }
    }
}
