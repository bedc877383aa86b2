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
 * Knows which time Jenkins has observed, for what can’t be undone and must not depend on the clock alone. At each look, the time
 * that has passed by the clock is compared with the elapsed time. A process of Jenkins knows the elapsed time by
 * {@link System#nanoTime}; between two processes it is taken for none. A day more than that counts. What exceeds it is stored in
 * Jenkins’ home directory as a period that does not count. Thread-safe; reading accesses memory only.
 */
@Extension
@ModuleInternal
public final class ObservedTime {

    private static final Logger LOGGER = Logger.getLogger(ObservedTime.class.getName());
    private static final String FILE_NAME = "octopod-observed-time.xml";

    /** Less than {@link UnobservedTime#TOLERANCE}, as Jenkins may be killed. */
    private static final Duration STORE_INTERVAL = Duration.ofHours(1);

    /** The stored names do not depend on names of classes. */
    private static final XStream2 XSTREAM = new XStream2();

    static {
        XSTREAM.alias("octopod-observed-time", UnobservedTime.class);
        XSTREAM.alias("period", UnobservedTime.Period.class);
    }

    private volatile UnobservedTime current;

    /** As it is in the file; null if there is none that can be read. */
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

    /** Looks at the clocks, and stores what was found if it is new. A file that can’t be written is tried again at the next look. */
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

    /** For tests whose clock begins anew. */
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
