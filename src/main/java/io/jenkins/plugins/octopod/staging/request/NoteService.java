package io.jenkins.plugins.octopod.staging.request;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import hudson.model.Item;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.note.Note;
import io.jenkins.plugins.octopod.staging.note.NoteText;
import io.jenkins.plugins.octopod.staging.support.RequesterName;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.io.IOException;
import java.util.List;

/**
 * Façade for changes to the notes of stagings, next to {@link StagingService}. A user who has permission to deploy a
 * staging is allowed to change its note, also while an action is pending. The façade runs no script. Thread-safe.
 */
public final class NoteService {

    private NoteService() {}

    /**
     * Replaces the note of a staging. The same text again keeps the writer and the time of the note.
     *
     * @param text at most two lines, see {@link NoteText}; null or empty to remove the note
     * @throws RefusalException if the text is refused, or it can’t be stored
     * @throws org.springframework.security.access.AccessDeniedException if the current user lacks a permission
     */
    public static void write(Staging staging, @CheckForNull String text) throws RefusalException {
        write(staging, text, List.of());
    }

    /**
     * Replaces the note of a staging like {@link #write(Staging, String)}.
     *
     * @param causes causes of the request, which name the writer if the current thread acts for no user
     */
    public static void write(Staging staging, @CheckForNull String text, List<? extends Cause> causes)
            throws RefusalException {
        staging.checkPermission(Item.BUILD);
        String typed = NoteText.of(text);
        Note written =
                typed.isEmpty() ? null : new Note(typed, RequesterName.of(List.copyOf(causes)), StagingClock.now());
        try {
            staging.changeNote(before -> before != null && before.text().equals(typed) ? before : written);
        } catch (IOException e) {
            throw StagingService.notStored(e);
        }
    }
}
