package io.jenkins.plugins.octopod.dashboard;

import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.PendingAction;
import io.jenkins.plugins.octopod.staging.StagingRecord;
import java.util.ArrayList;
import java.util.List;

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

    /**
     * A look that the script of a page copies.
     *
     * @param key the status, after {@code busy-} while something is going on
     */
    public record Named(String key, StatusLook look) {
        public String getKey() {
            return key;
        }

        public StatusLook getLook() {
            return look;
        }
    }

    /** All there are; what is going on is put into those that have no word. */
    static List<Named> all() {
        List<Named> all = new ArrayList<>();
        for (Status status : Status.values()) {
            all.add(new Named(status.name(), idle(status)));
            all.add(new Named("busy-" + status.name(), busy(status, "")));
        }
        return all;
    }

    /** Of a staging: while something is going on, that. */
    public static StatusLook of(StagingRecord record) {
        PendingAction pending = record.pending();
        return pending == null ? idle(record.status()) : busy(record.status(), ActionWords.doing(pending.action()));
    }

    private static StatusLook busy(Status status, String word) {
        StatusLook look = of(status);
        return new StatusLook(word, status.isPending() ? look.icon : look.icon + "-anime", QUIET);
    }

    /** Of a staging with which nothing is going on. */
    static StatusLook idle(Status status) {
        return status == Status.ArchivePending
                ? new StatusLook(Messages.StatusLook_notArchived(), "symbol-status-yellow", DOUBTFUL)
                : of(status);
    }

    /** Of a status without what is going on. */
    public static StatusLook of(Status status) {
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

    /** Of a status that was. */
    public static StatusLook past(Status status) {
        StatusLook look = of(status);
        return new StatusLook(look.word, look.icon.replace("-anime", ""), look.colorClass);
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
