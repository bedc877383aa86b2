package io.jenkins.plugins.octopod.dashboard.model;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.util.ArrayList;
import java.util.List;

/**
 * Presentation of a status. Color is never the only difference between statuses.
 *
 * @param word display name of the status
 * @param icon Jenkins symbol
 * @param colorClass CSS class of the design library
 */
public record StatusPresentation(String word, String icon, String colorClass) {

    private static final String GOOD = "jenkins-!-success-color";
    private static final String BAD = "jenkins-!-error-color";
    private static final String DOUBTFUL = "jenkins-!-warning-color";
    private static final String QUIET = "jenkins-!-text-color-secondary";

    /**
     * Presentation that the page’s script copies.
     *
     * @param key name of the status, with the prefix {@code busy-} for the time while an action is pending
     */
    public record Named(String key, StatusPresentation presentation) {
        public String getKey() {
            return key;
        }

        public StatusPresentation getPresentation() {
            return presentation;
        }
    }

    /** Returns all presentations. If a presentation has no word, the page’s script inserts the pending action. */
    @ModuleInternal
    public static List<Named> all() {
        List<Named> all = new ArrayList<>();
        for (Status status : Status.values()) {
            all.add(new Named(status.name(), idle(status)));
            all.add(new Named("busy-" + status.name(), busy(status, "")));
        }
        return all;
    }

    /** Returns the presentation of a staging, including its pending action. */
    public static StatusPresentation of(ObservedState observedState) {
        PendingAction pending = observedState.pending();
        return pending == null
                ? idle(observedState.status())
                : busy(observedState.status(), ActionLabels.doing(pending.action()));
    }

    private static StatusPresentation busy(Status status, String word) {
        StatusPresentation presentation = of(status);
        return new StatusPresentation(
                word, status.isPending() ? presentation.icon : presentation.icon + "-anime", QUIET);
    }

    /** Returns the presentation of a staging without a pending action. Its archiving can have failed. */
    @ModuleInternal
    public static StatusPresentation idle(Status status) {
        return status == Status.ArchivePending
                ? new StatusPresentation(Messages.StatusPresentation_notArchived(), "symbol-status-yellow", DOUBTFUL)
                : of(status);
    }

    /** Returns the presentation of a status, for example in a history, regardless of the pending action. */
    public static StatusPresentation of(Status status) {
        return switch (status) {
            case CreatePending -> pending(Messages.StatusPresentation_createPending());
            case UpdatePending -> pending(Messages.StatusPresentation_updatePending());
            case ArchivePending -> pending(Messages.StatusPresentation_archivePending());
            case Running -> new StatusPresentation(Messages.StatusPresentation_running(), "symbol-status-blue", GOOD);
            case GenericFailure ->
                new StatusPresentation(Messages.StatusPresentation_genericFailure(), "symbol-status-red", BAD);
            case PartialAvailability ->
                new StatusPresentation(
                        Messages.StatusPresentation_partialAvailability(), "symbol-status-yellow", DOUBTFUL);
            case TagMismatch ->
                new StatusPresentation(Messages.StatusPresentation_tagMismatch(), "symbol-status-yellow", DOUBTFUL);
            case Archived ->
                new StatusPresentation(Messages.StatusPresentation_archived(), "symbol-status-disabled", QUIET);
            case CleanupFailed ->
                new StatusPresentation(Messages.StatusPresentation_cleanupFailed(), "symbol-status-red", BAD);
        };
    }

    /** Returns the presentation of an earlier status, without an animation. */
    public static StatusPresentation past(Status status) {
        StatusPresentation presentation = of(status);
        return new StatusPresentation(
                presentation.word, presentation.icon.replace("-anime", ""), presentation.colorClass);
    }

    private static StatusPresentation pending(String word) {
        return new StatusPresentation(word, "symbol-status-nobuilt-anime", QUIET);
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
