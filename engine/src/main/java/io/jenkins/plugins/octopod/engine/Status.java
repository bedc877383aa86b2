package io.jenkins.plugins.octopod.engine;

/** What is known of a staging. The names are the contract's words, as in {@code --old-status}. */
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

    /** Whether the staging is on its way to another status. */
    public boolean isPending() {
        return this == CreatePending || this == UpdatePending || this == ArchivePending;
    }

    /** Whether the staging should be serving and isn't, or not all of it. */
    public boolean isFailure() {
        return this == GenericFailure || this == PartialAvailability || this == TagMismatch;
    }

    /** Whether the staging was put away: it is listed apart, and takes no resources but its data. */
    public boolean isArchived() {
        return this == Archived || this == CleanupFailed;
    }
}
