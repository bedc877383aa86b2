package io.jenkins.plugins.octopod.staging.note;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A staging’s note as {@code api/json} and {@code api/xml} show it. */
@ExportedBean(defaultVisibility = 2)
public final class ExportedNote {

    private final Note note;

    @ModuleInternal
    public ExportedNote(Note note) {
        this.note = note;
    }

    @Exported
    public String getText() {
        return note.text();
    }

    /** Returns the id of the user, or the name of the Pipeline run, that wrote the note; null if unknown. */
    @Exported
    @CheckForNull
    public String getBy() {
        return note.by();
    }

    /** Returns when the note was written, in milliseconds since 1970. */
    @Exported
    public long getAt() {
        return note.at().toEpochMilli();
    }
}
