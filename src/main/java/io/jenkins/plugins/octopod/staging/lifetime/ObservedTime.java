package io.jenkins.plugins.octopod.staging.lifetime;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.util.XStream2;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Measures which time Jenkins has observed, for actions that can’t be undone and must not depend on the clock alone.
 * Each look compares the time that has passed by the clock with the elapsed time. Within a process of Jenkins, the
 * elapsed time is known by {@link System#nanoTime}; between two processes it counts as zero. A difference of one day is
 * tolerated. A longer difference is stored in Jenkins’ home directory as a period that does not count. Thread-safe;
 * reading accesses memory only.
 */
@Extension
@ModuleInternal
public final class ObservedTime {

    private static final Logger LOGGER = Logger.getLogger(ObservedTime.class.getName());
    private static final String FILE_NAME = "octopod-observed-time.xml";

    /** Less than {@link UnobservedTime#TOLERANCE}, because Jenkins may be killed. */
    private static final Duration STORE_INTERVAL = Duration.ofHours(1);

    /** The stored names do not depend on names of classes. */
    private static final XStream2 XSTREAM = new XStream2();

    static {
        XSTREAM.alias("octopod-observed-time", UnobservedTime.class);
        XSTREAM.alias("period", UnobservedTime.Period.class);
    }

    private volatile UnobservedTime current;

    /** Content of the file; null if there is no readable file. */
    @CheckForNull
    private UnobservedTime stored;

    /** By {@link System#nanoTime}; null before the first look of this process. */
    @CheckForNull
    private Long lastNanos;

    public ObservedTime() {
        stored = read();
        current = stored == null ? UnobservedTime.startingAt(StagingClock.now()) : stored;
    }

    public static ObservedTime get() {
        return ExtensionList.lookupSingleton(ObservedTime.class);
    }

    /** Returns the time that was not observed, as of the last look. */
    public UnobservedTime unobserved() {
        return current;
    }

    /**
     * Compares the clocks, and stores the result if it is new. If the file can’t be written, the next look tries again.
     */
    public synchronized void look() {
        Instant now = StagingClock.now();
        long nanos = StagingClock.nanoTime();
        Duration observed = lastNanos == null ? Duration.ZERO : Duration.ofNanos(nanos - lastNanos);
        UnobservedTime before = current;
        current = before.lookedAt(now, observed);
        lastNanos = nanos;
        if (current.latestEnd() > before.latestEnd()) {
            LOGGER.warning(() -> "Jenkins was off, or its clock was set forward, between " + before.lastLook() + " and "
                    + now + ". Of that time, one day at most counts as time in the archive");
        }
        if (isStoreDue(now)) {
            store();
        }
    }

    /** Starts over with the current time, for tests that replace the clock. */
    public synchronized void reset() {
        current = UnobservedTime.startingAt(StagingClock.now());
        lastNanos = StagingClock.nanoTime();
    }

    private boolean isStoreDue(Instant now) {
        UnobservedTime inFile = stored;
        return inFile == null
                || inFile.latestEnd() != current.latestEnd()
                || Duration.between(inFile.lastLook(), now).abs().compareTo(STORE_INTERVAL) >= 0;
    }

    private void store() {
        try {
            file().write(current);
            stored = current;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> file() + " can’t be written");
        }
    }

    @CheckForNull
    private static UnobservedTime read() {
        XmlFile file = file();
        if (file.exists()) {
            try {
                if (file.read() instanceof UnobservedTime time && time.isComplete()) {
                    return time;
                }
                LOGGER.warning(() -> "Something is missing in " + file);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> file + " can’t be read");
            }
        }
        return null;
    }

    private static XmlFile file() {
        return new XmlFile(XSTREAM, new File(Jenkins.get().getRootDir(), FILE_NAME));
    }
}
