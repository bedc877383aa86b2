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

    /** Whoever reads what Jenkins says while it stops isn’t to be told of connections that break. */
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

    /** Settings of projects, what an administrator allows and, in whatever they are stored, credentials. */
    @OptionalExtension(requirePlugins = KubernetesClientPlugin.CLIENT)
    public static final class SettingsTrigger extends SaveableListener {
        @Override
        public void onChange(Saveable saved, XmlFile file) {
            // Folders and Jenkins itself have credentials, too.
            if (saved instanceof ItemGroup<?>
                    || saved instanceof SecuritySettings
                    || saved.getClass().getName().startsWith(CREDENTIALS)) {
                reconcileSoon();
            }
        }
    }

    /** Archived stagings aren’t watched; and a run that has ended leaves a status to the cluster again. */
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
