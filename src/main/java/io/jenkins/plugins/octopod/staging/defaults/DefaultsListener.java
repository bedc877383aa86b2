package io.jenkins.plugins.octopod.staging.defaults;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import jenkins.util.Listeners;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Is told when a project’s scripts have said defaults that weren’t known before. */
@Restricted(NoExternalUse.class)
public abstract class DefaultsListener implements ExtensionPoint {

    /**
     * Called on the thread that has asked, shortly before {@link DefaultsCache} tells the new ones; some hundred times in a
     * row where each staging has application defaults of its own.
     *
     * @param projectFullName as it was when they were asked for
     */
    public abstract void onDefaultsChanged(@NonNull String projectFullName);

    static void fire(DefaultsQuery defaultsQuery) {
        Listeners.notify(
                DefaultsListener.class, false, listener -> listener.onDefaultsChanged(defaultsQuery.project()));
    }
}
