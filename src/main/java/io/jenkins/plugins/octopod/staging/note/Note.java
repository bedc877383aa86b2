package io.jenkins.plugins.octopod.staging.note;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.time.Instant;

/** Plain text that a user or a Pipeline has written about a staging. Immutable; stored in the staging’s config.xml. */
public final class Note {

    private final String text;

    @CheckForNull
    private final String by;

    private final long at;

    /**
     * Creates a note.
     *
     * @param text text that {@link NoteText} has returned, not empty
     * @param by id of the user, or name of a Pipeline run; null if unknown
     */
    @ModuleInternal
    public Note(String text, @CheckForNull String by, Instant at) {
        this.text = text;
        this.by = by;
        this.at = at.toEpochMilli();
    }

    /** Returns the lines, separated by line feeds. */
    @NonNull
    public String text() {
        return text;
    }

    /** Returns the id of the user, or the name of the Pipeline run, that wrote the note; null if unknown. */
    @CheckForNull
    public String by() {
        return by;
    }

    /** Returns when the note was written. */
    @NonNull
    public Instant at() {
        return Instant.ofEpochMilli(at);
    }
}
