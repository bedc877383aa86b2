package io.jenkins.plugins.octopod.staging.lifetime;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.time.Instant;

/** That somebody wants a staging to stay. Immutable. */
public final class Pin {

    @CheckForNull
    private final String by;

    private final long since;

    @ModuleInternal
    public Pin(String by, Instant since) {
        this.by = by;
        this.since = since.toEpochMilli();
    }

    /** A user id; null if it isn’t known. */
    @CheckForNull
    public String by() {
        return by;
    }

    @NonNull
    public Instant since() {
        return Instant.ofEpochMilli(since);
    }
}
