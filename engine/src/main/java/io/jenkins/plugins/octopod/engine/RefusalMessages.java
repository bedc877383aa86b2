package io.jenkins.plugins.octopod.engine;

/** Messages about actions that aren't possible now, for users who know only the dashboard. */
final class RefusalMessages {

    private RefusalMessages() {}

    static String notAllowed(Status from, StagingAction action) {
        if (from == null) {
            return "There is no such staging: create it first.";
        }
        String state =
                switch (from) {
                    case CreatePending -> "The staging is still being created";
                    case UpdatePending -> "The staging is still being updated";
                    case ArchivePending -> "The staging is still being archived";
                    case Running -> "The staging is running";
                    case GenericFailure, PartialAvailability, TagMismatch -> "The staging is failing, not archived";
                    case Archived -> "The staging is archived";
                    case CleanupFailed -> "The last cleanup of the staging failed";
                };
        return state + ": " + advice(from, action);
    }

    private static String advice(Status from, StagingAction action) {
        if (action == StagingAction.CREATE) {
            if (from.isPending()) {
                return "a staging of this name already exists. Choose a different name, or wait until that is done.";
            }
            return from.isArchived()
                    ? "a staging of this name already exists. Restore it, or clean it up first."
                    : "a staging of this name already exists. Update it, or choose a different name.";
        }
        if (from == Status.CreatePending || from == Status.UpdatePending) {
            return "wait until that is done.";
        }
        return switch (action) {
            case UPDATE ->
                from == Status.Archived
                        ? "restore it before you update it."
                        : "it can’t be updated. "
                                + (from == Status.CleanupFailed
                                        ? "Clean it up again."
                                        : "Archive it again if that doesn’t end.");
            case ARCHIVE -> "there is nothing to archive.";
            case RESTORE ->
                from == Status.CleanupFailed
                        ? "some of its data might be gone, so it can’t be restored. Clean it up again."
                        : from == Status.ArchivePending
                                ? "wait until that is done, or archive it again."
                                : "there is nothing to restore.";
            case CLEANUP -> "archive it before you clean it up.";
            case CREATE -> throw new IllegalStateException("answered above");
        };
    }
}
