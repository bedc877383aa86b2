package io.jenkins.plugins.octopod.staging.support;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What time it is, for all that is recorded of stagings and done with them by time. Tests set another. */
@Restricted(NoExternalUse.class)
public final class StagingClock {

    private static volatile InstantSource source = InstantSource.system();
    private static volatile LongSupplier nanos = System::nanoTime;

    private StagingClock() {}

    public static Instant now() {
        return source.instant();
    }

    /** As {@link System#nanoTime}: elapsed time that does not change when somebody sets the clock. */
    public static long nanoTime() {
        return nanos.getAsLong();
    }

    /** For tests; it must go on, as some things are waited for. */
    public static void use(InstantSource other) {
        use(other, System::nanoTime);
    }

    /** For tests, with elapsed time as well. */
    public static void use(InstantSource other, LongSupplier otherNanos) {
        source = other;
        nanos = otherNanos;
    }
}
