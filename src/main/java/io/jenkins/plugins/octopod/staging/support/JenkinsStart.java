package io.jenkins.plugins.octopod.staging.support;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.time.Duration;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The time when Jenkins was started. Thread-safe. */
@Extension
@Restricted(NoExternalUse.class)
public final class JenkinsStart {

    /** By {@link System#nanoTime}. */
    private final long startedAt = System.nanoTime();

    private static JenkinsStart get() {
        return ExtensionList.lookupSingleton(JenkinsStart.class);
    }

    /** Records the start of Jenkins, before Pipelines are resumed. */
    @Initializer(after = InitMilestone.PLUGINS_STARTED)
    @ModuleInternal
    public static void record() {
        get();
    }

    /**
     * Returns whether agents that Jenkins does not store may not have registered yet. They get the same time after a
     * start as agents that have lost their connection.
     */
    public static boolean mayAgentsBeMissing() {
        return Duration.ofNanos(System.nanoTime() - get().startedAt).compareTo(AgentChannel.reconnectTimeout()) < 0;
    }
}
