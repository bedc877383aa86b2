package io.jenkins.plugins.octopod.staging.support;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Clock for all times that are recorded for stagings and all actions that depend on time. Tests replace it. */
@Restricted(NoExternalUse.class)
public final class StagingClock {

    private static volatile InstantSource source = InstantSource.system();
    private static volatile LongSupplier nanos = System::nanoTime;

    private StagingClock() {}

    public static Instant now() {
        return source.instant();
    }

    /** Returns elapsed time like {@link System#nanoTime}, which does not change when the system clock is set. */
    public static long nanoTime() {
        return nanos.getAsLong();
    }

    /** Replaces the clock, for tests. The new clock must advance, because some code waits for a later time. */
    public static void use(InstantSource other) {
        use(other, System::nanoTime);
    }

    /** Replaces the clock and the elapsed time, for tests. */
    public static void use(InstantSource other, LongSupplier otherNanos) {
        source = other;
        nanos = otherNanos;
    }
}
