package io.jenkins.plugins.octopod;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.slaves.ComputerListener;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Listener for changes after which an agent can be available that wasn’t: one comes online, or has other labels. */
@Restricted(NoExternalUse.class)
public abstract class AvailableAgentsListener extends ComputerListener {

    /** Called by the thread that has changed the agents, so it must not block. */
    protected abstract void onAvailable();

    @Override
    public final void onOnline(@NonNull Computer computer, TaskListener listener) {
        onAvailable();
    }

    @Override
    public final void onTemporarilyOnline(@NonNull Computer computer) {
        onAvailable();
    }

    @Override
    public final void onConfigurationChange() {
        onAvailable();
    }
}
