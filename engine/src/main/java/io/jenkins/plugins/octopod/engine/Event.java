package io.jenkins.plugins.octopod.engine;

/** What can happen to a staging and may change its status. */
public sealed interface Event {

    /** Somebody asked for it, and nothing spoke against it. */
    record Accepted(StagingAction action) implements Event {}

    /** The script of an action ended with another exit code than 0, was killed, or couldn't be run. */
    record ScriptFailed(StagingAction action) implements Event {}

    /**
     * An accepted action was canceled before any part of it was done.
     *
     * @param before status when the action was accepted, or {@code null} if there was no staging
     */
    record Cancelled(Status before) implements Event {}

    /**
     * {@code check} answered.
     *
     * @param failuresInRow how often it has said no by now without saying yes in between, this time included
     */
    record Checked(CheckResult result, int failuresInRow) implements Event {

        /** Where one no is enough, as after an action. */
        public Checked(CheckResult result) {
            this(result, Integer.MAX_VALUE);
        }
    }

    /** {@code archive_check} answered; whether it says that the staging is put away. */
    record ArchiveChecked(boolean archived) implements Event {}

    /** {@code cleanup} ended; whether with 0. */
    record CleanedUp(boolean succeeded) implements Event {}
}
