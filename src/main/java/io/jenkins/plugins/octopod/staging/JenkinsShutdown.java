package io.jenkins.plugins.octopod.staging;

import jenkins.model.Jenkins;

/** Whether Jenkins is shutting down. */
final class JenkinsShutdown {

    private JenkinsShutdown() {}

    /** Returns true once Jenkins is shutting down: an interrupted thread then leaves its run to be resumed. */
    static boolean isInProgress() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return jenkins == null || jenkins.isTerminating();
    }
}
