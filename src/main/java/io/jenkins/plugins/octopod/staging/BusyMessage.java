package io.jenkins.plugins.octopod.staging;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import jenkins.model.Jenkins;

/** Message that describes what a busy staging is waiting for, with its URL. */
@ModuleInternal
public final class BusyMessage {

    private BusyMessage() {}

    public static String of(Staging staging) {
        String undeletable = staging.undeletableSentence();
        if (undeletable != null) {
            return Messages.BusyMessage_cleanedUp(staging.getName(), undeletable);
        }
        PendingAction pending = staging.observedState().pending();
        String what = pending == null ? "" : doing(pending.action());
        StagingRun run = staging.unfinishedRun();
        if (run != null) {
            return Messages.BusyMessage_running(staging.getName(), what, run.getDisplayName(), url(run.getUrl()));
        }
        return Messages.BusyMessage_queued(staging.getName(), what, url(staging.getUrl()));
    }

    private static String doing(StagingAction action) {
        return switch (action) {
            case CREATE -> Messages.StagingAction_creating();
            case UPDATE -> Messages.StagingAction_updating();
            case ARCHIVE -> Messages.StagingAction_archiving();
            case RESTORE -> Messages.StagingAction_restoring();
            case CLEANUP -> Messages.StagingAction_cleaningUp();
        };
    }

    /** Absolute where Jenkins knows its own address. */
    private static String url(String relative) {
        String root = Jenkins.get().getRootUrl();
        return root == null ? relative : root + relative;
    }
}
