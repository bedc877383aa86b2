package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Message that describes what a busy staging is waiting for, with its URL. It is computed from the pending action that
 * the caller has found, because the staging might be free, or busy with something else, a moment later.
 */
@Restricted(NoExternalUse.class)
public final class BusyMessage {

    private BusyMessage() {}

    /**
     * Returns the message.
     *
     * @param pending pending action that makes the caller refuse a request
     */
    public static String of(Staging staging, PendingAction pending) {
        String undeletable = staging.undeletableSentence();
        if (undeletable != null) {
            return Messages.BusyMessage_cleanedUp(staging.getName(), undeletable);
        }
        String what = doing(pending.action());
        StagingRun run = run(staging, pending);
        if (run != null) {
            return Messages.BusyMessage_running(
                    staging.getName(), what, run.getDisplayName(), AbsoluteUrl.of(run.getUrl()));
        }
        return Messages.BusyMessage_queued(staging.getName(), what, AbsoluteUrl.of(staging.getUrl()));
    }

    /** Returns the unfinished run of the pending action; null if it has none. */
    @CheckForNull
    public static StagingRun run(Staging staging, PendingAction pending) {
        StagingRun run = staging.unfinishedRun();
        StagingRunParameters parameters = run == null ? null : run.parameters();
        return parameters != null && parameters.getRequestId().equals(pending.requestId()) ? run : null;
    }

    /** Returns what is being done to a staging, such as “being updated”. */
    public static String doing(StagingAction action) {
        return switch (action) {
            case CREATE -> Messages.StagingAction_creating();
            case UPDATE -> Messages.StagingAction_updating();
            case ARCHIVE -> Messages.StagingAction_archiving();
            case RESTORE -> Messages.StagingAction_restoring();
            case CLEANUP -> Messages.StagingAction_cleaningUp();
        };
    }
}
