package io.jenkins.plugins.octopod.dashboard;

import io.jenkins.plugins.octopod.engine.StagingAction;

/** How actions are called. */
public final class ActionWords {

    private ActionWords() {}

    /** As a heading. */
    public static String name(StagingAction action) {
        if (action == null) {
            return Messages.ActionWords_unknown();
        }
        return switch (action) {
            case CREATE -> Messages.ActionWords_create();
            case UPDATE -> Messages.ActionWords_update();
            case ARCHIVE -> Messages.ActionWords_archive();
            case RESTORE -> Messages.ActionWords_restore();
            case CLEANUP -> Messages.ActionWords_cleanup();
        };
    }

    /** While it is going on. */
    public static String doing(StagingAction action) {
        return switch (action) {
            case CREATE -> Messages.ActionWords_creating();
            case UPDATE -> Messages.ActionWords_updating();
            case ARCHIVE -> Messages.ActionWords_archiving();
            case RESTORE -> Messages.ActionWords_restoring();
            case CLEANUP -> Messages.ActionWords_cleaningUp();
        };
    }
}
