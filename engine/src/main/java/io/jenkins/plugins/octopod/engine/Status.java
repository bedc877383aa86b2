package io.jenkins.plugins.octopod.engine;

/**
 * Status of a staging. The contract with the control scripts defines the names, for example in {@code --old-status}.
 *
 * @since 1.0
 */
public enum Status {
    CreatePending,
    UpdatePending,
    ArchivePending,
    Running,
    GenericFailure,
    PartialAvailability,
    TagMismatch,
    Archived,
    CleanupFailed;

    /** Returns whether an action on the staging is pending. */
    public boolean isPending() {
        return this == CreatePending || this == UpdatePending || this == ArchivePending;
    }

    /** Returns whether the staging should be running, but isn't completely. */
    public boolean isFailure() {
        return this == GenericFailure || this == PartialAvailability || this == TagMismatch;
    }

    /** Returns whether the staging is archived: it is listed separately, and uses no resources except its data. */
    public boolean isArchived() {
        return this == Archived || this == CleanupFailed;
    }
}
