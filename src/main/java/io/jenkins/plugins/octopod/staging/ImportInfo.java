package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;

/** That a staging wasn’t created here, but taken over from elsewhere. Immutable; kept in its config.xml. */
public final class ImportInfo {

    private final long at;

    @CheckForNull
    private final String by;

    ImportInfo(Instant at, @CheckForNull String by) {
        this.at = at.toEpochMilli();
        this.by = by;
    }

    @NonNull
    public Instant at() {
        return Instant.ofEpochMilli(at);
    }

    /** A user id; null where it isn’t known. */
    @CheckForNull
    public String by() {
        return by;
    }
}
