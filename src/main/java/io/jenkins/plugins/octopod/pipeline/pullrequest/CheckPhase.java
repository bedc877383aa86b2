package io.jenkins.plugins.octopod.pipeline.pullrequest;

/** Phase of a deployment as its check shows it. The names are stored. */
enum CheckPhase {
    QUEUED,
    IN_PROGRESS,
    RUNNING,
    FAILED,
    /** The deployment was aborted, or ended without a run. */
    CANCELED,
    /** The staging was archived after the deployment had succeeded. */
    ARCHIVED;

    /** Returns whether the deployment has succeeded, after which the check follows the staging. */
    boolean isDeployed() {
        return this == RUNNING || this == ARCHIVED;
    }

    /** Returns whether the check never changes again. */
    boolean isFinal() {
        return this == FAILED || this == CANCELED;
    }
}
