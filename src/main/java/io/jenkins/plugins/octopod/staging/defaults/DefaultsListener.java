package io.jenkins.plugins.octopod.staging.defaults;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import jenkins.util.Listeners;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Listener for new defaults that a project’s scripts have returned. */
@Restricted(NoExternalUse.class)
public abstract class DefaultsListener implements ExtensionPoint {

    /**
     * Called on the thread that ran the script, shortly before {@link DefaultsService} returns the new defaults. It is
     * called some hundred times in a row if each staging has application defaults of its own.
     *
     * @param projectFullName full name of the project when the defaults were requested
     */
    public abstract void onDefaultsChanged(@NonNull String projectFullName);

    static void fire(DefaultsQuery defaultsQuery) {
        Listeners.notify(
                DefaultsListener.class, false, listener -> listener.onDefaultsChanged(defaultsQuery.project()));
    }
}
