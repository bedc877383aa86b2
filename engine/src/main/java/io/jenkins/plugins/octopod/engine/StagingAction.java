package io.jenkins.plugins.octopod.engine;

import java.util.EnumSet;
import java.util.Set;

/** What people ask of a staging, each of which is one run of a control script. */
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
    /** Keeps the stored status while it runs: what it removes has none. */
    CLEANUP(ControlScript.CLEANUP, null, EnumSet.of(Status.Archived, Status.CleanupFailed));

    private final ControlScript script;
    private final Status pendingStatus;
    private final Set<Status> allowedFrom;

    StagingAction(ControlScript script, Status pendingStatus, Set<Status> allowedFrom) {
        this.script = script;
        this.pendingStatus = pendingStatus;
        this.allowedFrom = allowedFrom;
    }

    /** The script that does it; {@link ControlScript#fallback} says what runs where that one is missing. */
    public ControlScript script() {
        return script;
    }

    /** The status once the action is accepted; null if the stored status stays. */
    public Status pendingStatus() {
        return pendingStatus;
    }

    /** Whether a staging of this status may be asked for it; {@link #CREATE} is for what isn't there yet. */
    public boolean isAllowedFrom(Status status) {
        return allowedFrom.contains(status);
    }

    /** Whether {@code config_check} is asked before it. */
    public boolean isConfigChecked() {
        return this == CREATE || this == UPDATE || this == RESTORE;
    }

    /** Whether the staging should be serving once it is done. */
    public boolean isDeploying() {
        return this == CREATE || this == UPDATE || this == RESTORE;
    }
}
