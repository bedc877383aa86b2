package io.jenkins.plugins.octopod.engine;

import java.util.EnumSet;
import java.util.Set;

/** Action on a staging, which is one run of a control script. */
public enum StagingAction {
    CREATE(ControlScript.CREATE, Status.CreatePending, EnumSet.noneOf(Status.class)),
    UPDATE(
            ControlScript.UPDATE,
            Status.UpdatePending,
            EnumSet.of(Status.Running, Status.GenericFailure, Status.PartialAvailability, Status.TagMismatch)),
    ARCHIVE(
            ControlScript.ARCHIVE,
            Status.ArchivePending,
            EnumSet.of(
                    Status.Running,
                    Status.GenericFailure,
                    Status.PartialAvailability,
                    Status.TagMismatch,
                    Status.ArchivePending)),
    RESTORE(ControlScript.UNARCHIVE, Status.CreatePending, EnumSet.of(Status.Archived)),
    /** Keeps the stored status while it runs, because a successful cleanup leaves no status. */
    CLEANUP(ControlScript.CLEANUP, null, EnumSet.of(Status.Archived, Status.CleanupFailed));

    private final ControlScript script;
    private final Status pendingStatus;
    private final Set<Status> allowedFrom;

    StagingAction(ControlScript script, Status pendingStatus, Set<Status> allowedFrom) {
        this.script = script;
        this.pendingStatus = pendingStatus;
        this.allowedFrom = allowedFrom;
    }

    /** Returns the action's script. If it is missing, {@link ControlScript#fallback} runs. */
    public ControlScript script() {
        return script;
    }

    /** Returns the status while the action is pending; null if the stored status stays. */
    public Status pendingStatus() {
        return pendingStatus;
    }

    /**
     * Returns whether a staging with this status allows the action. False for {@link #CREATE}, which is for stagings
     * that don't exist.
     */
    public boolean isAllowedFrom(Status status) {
        return allowedFrom.contains(status);
    }

    /** Returns whether {@code config_check} runs before the action. */
    public boolean isConfigChecked() {
        return this == CREATE || this == UPDATE || this == RESTORE;
    }

    /** Returns whether the staging should be running after the action. */
    public boolean isDeploying() {
        return this == CREATE || this == UPDATE || this == RESTORE;
    }
}
