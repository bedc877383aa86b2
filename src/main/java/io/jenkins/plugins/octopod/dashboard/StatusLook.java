package io.jenkins.plugins.octopod.dashboard;

import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.PendingAction;
import io.jenkins.plugins.octopod.staging.StagingRecord;

/**
 * How a status is shown: never by its colour alone.
 *
 * @param word for it
 * @param icon a Jenkins symbol
 * @param colorClass of the design library
 */
public record StatusLook(String word, String icon, String colorClass) {

    private static final String GOOD = "jenkins-!-success-color";
    private static final String BAD = "jenkins-!-error-color";
    private static final String DOUBTFUL = "jenkins-!-warning-color";
    private static final String QUIET = "jenkins-!-text-color-secondary";

    /** Of a staging: while something is going on, that. */
    static StatusLook of(StagingRecord record) {
        StatusLook look = of(record.status());
        PendingAction pending = record.pending();
        if (pending != null) {
            String icon = record.status().isPending() ? look.icon : look.icon + "-anime";
            return new StatusLook(ActionWords.doing(pending.action()), icon, QUIET);
        }
        if (record.status() == Status.ArchivePending) {
            return new StatusLook(Messages.StatusLook_notArchived(), "symbol-status-yellow", DOUBTFUL);
        }
        return look;
    }

    /** Of a status without what is going on. */
    static StatusLook of(Status status) {
        return switch (status) {
            case CreatePending -> pending(Messages.StatusLook_createPending());
            case UpdatePending -> pending(Messages.StatusLook_updatePending());
            case ArchivePending -> pending(Messages.StatusLook_archivePending());
            case Running -> new StatusLook(Messages.StatusLook_running(), "symbol-status-blue", GOOD);
            case GenericFailure -> new StatusLook(Messages.StatusLook_genericFailure(), "symbol-status-red", BAD);
            case PartialAvailability ->
                new StatusLook(Messages.StatusLook_partialAvailability(), "symbol-status-yellow", DOUBTFUL);
            case TagMismatch -> new StatusLook(Messages.StatusLook_tagMismatch(), "symbol-status-yellow", DOUBTFUL);
            case Archived -> new StatusLook(Messages.StatusLook_archived(), "symbol-status-disabled", QUIET);
            case CleanupFailed -> new StatusLook(Messages.StatusLook_cleanupFailed(), "symbol-status-red", BAD);
        };
    }

    private static StatusLook pending(String word) {
        return new StatusLook(word, "symbol-status-nobuilt-anime", QUIET);
    }

    public String getWord() {
        return word;
    }

    public String getIcon() {
        return icon;
    }

    public String getColorClass() {
        return colorClass;
    }
}
