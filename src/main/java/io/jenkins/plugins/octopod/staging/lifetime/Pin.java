package io.jenkins.plugins.octopod.staging.lifetime;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.time.Instant;

/** A user’s decision that a staging stays. Immutable. */
public final class Pin {

    @CheckForNull
    private final String by;

    private final long since;

    @ModuleInternal
    public Pin(String by, Instant since) {
        this.by = by;
        this.since = since.toEpochMilli();
    }

    /** Returns the id of the user; null if unknown. */
    @CheckForNull
    public String by() {
        return by;
    }

    @NonNull
    public Instant since() {
        return Instant.ofEpochMilli(since);
    }
}
