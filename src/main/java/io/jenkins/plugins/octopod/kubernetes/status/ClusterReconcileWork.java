package io.jenkins.plugins.octopod.kubernetes.status;

import hudson.model.Computer;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.octopod.kubernetes.KubernetesClientPlugin;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** Detects what raises no event: changed credentials, and clusters that don’t respond. Runs periodically. */
@OptionalExtension(requirePlugins = KubernetesClientPlugin.CLIENT)
public final class ClusterReconcileWork extends PeriodicWork {

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.SECONDS.toMillis(30);
    }

    @Override
    public long getInitialDelay() {
        return 0;
    }

    @Override
    protected void doRun() {
        ClusterReconciler clusterReconciler = ClusterReconciler.getOrNull();
        if (clusterReconciler != null) {
            Computer.threadPoolForRemoting.execute(() -> {
                clusterReconciler.reconcile();
                clusterReconciler.probeAll();
            });
        }
    }
}
