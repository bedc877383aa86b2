package io.jenkins.plugins.octopod.staging.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.time.Instant;

/**
 * Time and user of the import of a staging that was not created here. Immutable. Stored in the staging’s
 * {@code config.xml}.
 */
public final class ImportInfo {

    private final long at;

    @CheckForNull
    private final String by;

    @ModuleInternal
    public ImportInfo(Instant at, @CheckForNull String by) {
        this.at = at.toEpochMilli();
        this.by = by;
    }

    @NonNull
    public Instant at() {
        return Instant.ofEpochMilli(at);
    }

    /** Returns the id of the user who imported the staging; null if unknown. */
    @CheckForNull
    public String by() {
        return by;
    }
}
