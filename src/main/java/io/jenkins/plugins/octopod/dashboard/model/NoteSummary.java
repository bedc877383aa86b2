package io.jenkins.plugins.octopod.dashboard.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.staging.note.Note;
import io.jenkins.plugins.octopod.staging.support.RelativeTime;

/** View model of a note. It reads no file. */
public final class NoteSummary {

    private final Note note;

    private NoteSummary(Note note) {
        this.note = note;
    }

    /** Returns the view model; null if there is no note. */
    @CheckForNull
    public static NoteSummary of(@CheckForNull Note note) {
        return note == null ? null : new NoteSummary(note);
    }

    /** Returns the lines, separated by line feeds. */
    public String getText() {
        return note.text();
    }

    /** Returns the display name of the writer; null if unknown. */
    @CheckForNull
    public String getBy() {
        return StagingSummary.userName(note.by());
    }

    public RelativeTime getAt() {
        return new RelativeTime(note.at());
    }
}
