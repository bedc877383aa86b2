package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Status;
import java.time.Instant;
import jenkins.util.Listeners;

/**
 * Listener for changes of stagings. For creation, moves and removal, use {@link hudson.model.listeners.ItemListener}.
 *
 * <p>Methods are called on the thread that made the change. It holds locks and may act for any user, so a method must
 * be quick and leave slow work to another thread. The calls for one staging are in the order of its changes. An
 * exception is logged and affects neither the change nor other listeners.
 *
 * @since 1.0
 */
public abstract class StagingListener implements ExtensionPoint {

    /**
     * Called when visible data of the staging has changed: its status, reason, links, desired state or pending action,
     * or whether its status is stale.
     *
     * @since 1.0
     */
    public void onChanged(@NonNull Staging staging) {}

    /**
     * Called after {@link #onChanged} if the status has changed.
     *
     * @since 1.0
     */
    public void onStatusChanged(@NonNull Staging staging, @NonNull Status before, @NonNull Status now) {}

    /**
     * Called when the staging will soon be archived unless a user deploys or pins it. Called once for each expiry time,
     * a day before; later if Jenkins wasn’t running then, or if the time was set at shorter notice. Not called by the
     * thread that makes a change.
     *
     * @since 1.0
     */
    public void onExpiring(@NonNull Staging staging, @NonNull Instant when) {}

    @ModuleInternal
    public static void fireExpiring(Staging staging, Instant when) {
        Listeners.notify(StagingListener.class, false, listener -> listener.onExpiring(staging, when));
    }

    @ModuleInternal
    public static void fireChanged(Staging staging) {
        Listeners.notify(StagingListener.class, false, listener -> listener.onChanged(staging));
    }

    static void fireChanged(Staging staging, Status before, Status now) {
        fireChanged(staging);
        if (before != now) {
            Listeners.notify(StagingListener.class, false, listener -> listener.onStatusChanged(staging, before, now));
        }
    }
}
