package io.jenkins.plugins.octopod.staging.note;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * A staging’s note as API v2 and the CLI show it.
 *
 * @param by id of the user, or name of the Pipeline run, that wrote it; {@code null} if unknown
 * @param at time in ISO 8601
 */
public record WrittenNote(String text, @CheckForNull String by, String at) {

    /** Returns the form of a note; null if there is none. */
    @CheckForNull
    public static WrittenNote of(@CheckForNull Note note) {
        return note == null
                ? null
                : new WrittenNote(note.text(), note.by(), note.at().toString());
    }
}
