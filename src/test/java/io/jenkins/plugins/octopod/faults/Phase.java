package io.jenkins.plugins.octopod.faults;

import io.jenkins.plugins.octopod.engine.StagingAction;
import java.util.Locale;

/** How far an action has come when Jenkins is killed; part of the names of the stagings that it is tried with. */
enum Phase {
    /** Accepted; its run is in the queue. */
    QUEUED,
    /** The run has begun, its script hasn’t. */
    BEGUN,
    /** The script runs, also when Jenkins is there again. */
    RUNNING,
    /** The script runs, and ends while Jenkins isn’t there. */
    OVER,
    /** The script has ended well, and the staging isn’t yet as it should be. */
    CHECKING,
    /** All is known, and nothing of it is stored. */
    ENDING,
    /** The outcome is stored in the run, and not in the staging. */
    ENDED;

    /** A cleanup is over with its script. */
    boolean isPartOf(StagingAction action) {
        return this != CHECKING || action != StagingAction.CLEANUP;
    }

    String staging(StagingAction action) {
        return (action + "-" + this).toLowerCase(Locale.ROOT);
    }

    boolean isOf(String staging) {
        return staging.endsWith("-" + toString().toLowerCase(Locale.ROOT));
    }
}
