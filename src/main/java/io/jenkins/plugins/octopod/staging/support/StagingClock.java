package io.jenkins.plugins.octopod.staging.support;

import java.time.Instant;
import java.time.InstantSource;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What time it is, for all that is recorded of stagings and done with them by time. Tests set another. */
@Restricted(NoExternalUse.class)
public final class StagingClock {

    private static volatile InstantSource source = InstantSource.system();

    private StagingClock() {}

    public static Instant now() {
        return source.instant();
    }

    /** For tests; it must go on, as some things are waited for. */
    public static void use(InstantSource other) {
        source = other;
    }
}
