package io.jenkins.plugins.octopod.engine;

import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import java.time.Duration;

/** State machine of a staging's status. All transitions are defined here. */
public final class StatusMachine {

    private final Duration statusTimeout;
    private final int failuresInRow;

    /**
     * Creates the state machine.
     *
     * @param statusTimeout time that a staging can take to start before a failed {@code check} counts
     */
    public StatusMachine(Duration statusTimeout) {
        this(statusTimeout, 1);
    }

    /**
     * Creates the state machine.
     *
     * @param statusTimeout time that a staging can take to start before a failed {@code check} counts
     * @param failuresInRow number of consecutive failed checks after which a running staging counts as failing
     */
    public StatusMachine(Duration statusTimeout, int failuresInRow) {
        this.statusTimeout = statusTimeout;
        this.failuresInRow = failuresInRow;
    }

    /** Returns the time that a staging can take to start before a failed {@code check} counts. */
    public Duration timeout() {
        return statusTimeout;
    }

    /**
     * Returns the status after an event.
     *
     * @param from current status; null if there is no staging yet
     * @param inStatus time since the staging has the status
     * @return next status, which can be the same, or {@link Transition#GONE}
     * @throws RefusalException if the event is an action that this status doesn't allow
     */
    public Transition next(Status from, Event event, Duration inStatus) throws RefusalException {
        if (event instanceof Event.Accepted accepted) {
            return accepted(from, accepted.action());
        }
        if (from == null) {
            return Transition.GONE;
        }
        return observed(from, event, inStatus);
    }

    /**
     * Returns the status after an observation, which can't be refused.
     *
     * @param event any event except {@link Event.Accepted}
     */
    public Transition observed(Status from, Event event, Duration inStatus) {
        if (event instanceof Event.ScriptFailed failed) {
            return scriptFailed(from, failed.action());
        }
        if (event instanceof Event.Cancelled cancelled) {
            return cancelled(from, cancelled.before());
        }
        if (event instanceof Event.Checked checked) {
            return checked(from, checked, inStatus);
        }
        if (event instanceof Event.ArchiveChecked archiveChecked) {
            boolean archived = from == Status.ArchivePending && archiveChecked.archived();
            return Transition.to(archived ? Status.Archived : from);
        }
        if (event instanceof Event.CleanedUp cleanedUp) {
            return cleanedUp.succeeded() ? cleanedUp(from) : cleanupFailed(from);
        }
        throw new IllegalArgumentException("not something that is observed: " + event);
    }

    private static Transition accepted(Status from, StagingAction action) throws RefusalException {
        boolean allowed = from == null ? action == StagingAction.CREATE : action.isAllowedFrom(from);
        if (!allowed) {
            throw new RefusalException(
                    from == null ? Reason.UNKNOWN : action == StagingAction.CREATE ? Reason.EXISTS : Reason.NOT_NOW,
                    RefusalMessages.notAllowed(from, action));
        }
        return Transition.to(action.pendingStatus() == null ? from : action.pendingStatus());
    }

    private static Transition scriptFailed(Status from, StagingAction action) {
        if (action == StagingAction.CLEANUP) {
            return cleanupFailed(from);
        }
        boolean deploying = from == Status.CreatePending || from == Status.UpdatePending;
        return Transition.to(deploying ? Status.GenericFailure : from);
    }

    private static Transition cancelled(Status from, Status before) {
        if (!from.isPending()) {
            return Transition.to(from);
        }
        return Transition.to(before == null ? Status.GenericFailure : before);
    }

    private Transition checked(Status from, Event.Checked checked, Duration inStatus) {
        CheckResult result = checked.result();
        boolean deploying = from == Status.CreatePending || from == Status.UpdatePending;
        boolean settled = from == Status.Running || from.isFailure();
        if (deploying) {
            boolean decided = result == CheckResult.OK || inStatus.compareTo(statusTimeout) >= 0;
            return Transition.to(decided ? result.status() : from);
        }
        boolean tolerated =
                from == Status.Running && result != CheckResult.OK && checked.failuresInRow() < failuresInRow;
        return Transition.to(settled && !tolerated ? result.status() : from);
    }

    private static Transition cleanedUp(Status from) {
        return from.isArchived() ? Transition.GONE : Transition.to(from);
    }

    private static Transition cleanupFailed(Status from) {
        return Transition.to(from.isArchived() || from.isFailure() ? Status.CleanupFailed : from);
    }
}
