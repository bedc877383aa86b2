package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Status;
import java.time.Instant;
import jenkins.util.Listeners;

/**
 * Is told of what happens to stagings. That a staging is created, moved or removed, {@link
 * hudson.model.listeners.ItemListener} says.
 *
 * <p>Called on the thread that made the change, which holds locks and may act for anybody: be quick, and leave what takes
 * time to another thread. For one staging, in the order of the changes; an exception is logged and harms nobody.
 */
public abstract class StagingListener implements ExtensionPoint {

    /**
     * Something that can be seen of it is another: status, reason, links, what was asked for, what is going on, or whether
     * its status is stale.
     */
    public void onChanged(@NonNull Staging staging) {}

    /** Its status is another. {@link #onChanged} is called as well, before it. */
    public void onStatusChanged(@NonNull Staging staging, @NonNull Status before, @NonNull Status now) {}

    /**
     * It will be archived unless somebody deploys or pins it. Called once for each such time, a day before; later where
     * Jenkins wasn’t running then, or the time was set later than that. Not called from where a change is made.
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
