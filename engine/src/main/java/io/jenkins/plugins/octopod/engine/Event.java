package io.jenkins.plugins.octopod.engine;

/** Event that may change a staging's status. */
public sealed interface Event {

    /** An action was requested and accepted. */
    record Accepted(StagingAction action) implements Event {}

    /** The script of an action failed: its exit code wasn't 0, or it was killed, or it couldn't run. */
    record ScriptFailed(StagingAction action) implements Event {}

    /**
     * An accepted action was cancelled before its script had started.
     *
     * @param before status when the action was accepted, or {@code null} if there was no staging
     */
    record Cancelled(Status before) implements Event {}

    /**
     * {@code check} returned a result.
     *
     * @param failuresInRow number of consecutive failed checks, including this one
     */
    record Checked(CheckResult result, int failuresInRow) implements Event {

        /** Creates an event for which a single failed check is enough, for example after an action. */
        public Checked(CheckResult result) {
            this(result, Integer.MAX_VALUE);
        }
    }

    /**
     * {@code archive_check} returned a result.
     *
     * @param archived whether the staging is archived
     */
    record ArchiveChecked(boolean archived) implements Event {}

    /**
     * {@code cleanup} ended.
     *
     * @param succeeded whether it exited with 0
     */
    record CleanedUp(boolean succeeded) implements Event {}
}
