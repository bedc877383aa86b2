package io.jenkins.plugins.octopod.staging.support;

import io.jenkins.plugins.octopod.ModuleInternal;
import jenkins.model.Jenkins;

/** Detects that Jenkins is shutting down. */
@ModuleInternal
public final class JenkinsShutdown {

    private JenkinsShutdown() {}

    /** Returns true once Jenkins is shutting down. An interrupted thread then leaves its run to be resumed. */
    public static boolean isInProgress() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return jenkins == null || jenkins.isTerminating();
    }
}
