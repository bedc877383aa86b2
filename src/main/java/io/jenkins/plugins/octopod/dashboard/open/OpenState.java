package io.jenkins.plugins.octopod.dashboard.open;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;

/** What users meet at a staging’s {@code open} page. */
public enum OpenState {
    /** The staging runs, so its link can be opened. */
    RUNNING,
    /** The staging is being deployed, or the result of its deployment isn’t known yet. */
    DEPLOYING,
    FAILING,
    ARCHIVING,
    /** An archiving has failed, and none is in progress. */
    NOT_ARCHIVED,
    ARCHIVED,
    CLEANING_UP,
    CLEANUP_FAILED;

    /**
     * Returns the state of a staging.
     *
     * @param pending pending action; null if there is none
     */
    static OpenState of(Status status, @CheckForNull StagingAction pending) {
        if (pending != null) {
            return switch (pending) {
                case CREATE, UPDATE, RESTORE -> DEPLOYING;
                case ARCHIVE -> ARCHIVING;
                case CLEANUP -> CLEANING_UP;
            };
        }
        return switch (status) {
            case Running -> RUNNING;
            case CreatePending, UpdatePending -> DEPLOYING;
            case GenericFailure, PartialAvailability, TagMismatch -> FAILING;
            case ArchivePending -> NOT_ARCHIVED;
            case Archived -> ARCHIVED;
            case CleanupFailed -> CLEANUP_FAILED;
        };
    }
}
