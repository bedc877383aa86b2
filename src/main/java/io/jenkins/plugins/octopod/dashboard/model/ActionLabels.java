package io.jenkins.plugins.octopod.dashboard.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.StagingAction;

/** Display names of actions. */
public final class ActionLabels {

    private ActionLabels() {}

    /**
     * Returns the label for a heading.
     *
     * @param action action; null for a run without one
     */
    public static String name(@CheckForNull StagingAction action) {
        if (action == null) {
            return Messages.ActionLabels_unknown();
        }
        return switch (action) {
            case CREATE -> Messages.ActionLabels_create();
            case UPDATE -> Messages.ActionLabels_update();
            case ARCHIVE -> Messages.ActionLabels_archive();
            case RESTORE -> Messages.ActionLabels_restore();
            case CLEANUP -> Messages.ActionLabels_cleanup();
        };
    }

    /** Returns the label while the action is in progress. */
    public static String doing(StagingAction action) {
        return switch (action) {
            case CREATE -> Messages.ActionLabels_creating();
            case UPDATE -> Messages.ActionLabels_updating();
            case ARCHIVE -> Messages.ActionLabels_archiving();
            case RESTORE -> Messages.ActionLabels_restoring();
            case CLEANUP -> Messages.ActionLabels_cleaningUp();
        };
    }
}
