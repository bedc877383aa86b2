package io.jenkins.plugins.octopod.staging.support;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import java.time.Instant;
import java.util.Iterator;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Clock for all times that are recorded for stagings and all actions that depend on time. The first extension is used.
 * That is the system clock, unless a test adds a different one.
 */
@Restricted(NoExternalUse.class)
public abstract class StagingClock implements ExtensionPoint {

    /** Returns the current time. It must advance, because some code waits for a later time. Must not block. */
    protected abstract Instant instant();

    /** Returns elapsed time like {@link System#nanoTime}. Must not block. */
    protected abstract long elapsedNanos();

    /** Returns the current time. */
    public static Instant now() {
        return first().instant();
    }

    /** Returns elapsed time like {@link System#nanoTime}, which does not change when the system clock is set. */
    public static long nanoTime() {
        return first().elapsedNanos();
    }

    /** Returns the clock of the running Jenkins; the system clock if no Jenkins is running, or no extension is available. */
    private static StagingClock first() {
        Iterator<StagingClock> clocks = ExtensionList.lookup(StagingClock.class).iterator();
        return clocks.hasNext() ? clocks.next() : new SystemClock();
    }

    /**
     * Loads the clock when Jenkins starts. Loading extensions needs a lock, and a caller that holds a different lock
     * must not wait for it. After that, {@link #now} needs no lock.
     */
    @Initializer(after = InitMilestone.PLUGINS_STARTED, before = InitMilestone.EXTENSIONS_AUGMENTED)
    public static void load() {
        first();
    }

    /** The clock of the machine. Its ordinal is the lowest, so that any other clock comes first. */
    @Extension(ordinal = -Double.MAX_VALUE)
    public static final class SystemClock extends StagingClock {

        @Override
        protected Instant instant() {
            return Instant.now();
        }

        @Override
        protected long elapsedNanos() {
            return System.nanoTime();
        }
    }
}
