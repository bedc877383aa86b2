package io.jenkins.plugins.octopod.staging.journal;

import hudson.Extension;
import hudson.ExtensionList;
import java.time.Duration;
import java.time.Instant;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Time slots of a {@link ChangeVersion}. Versions of different time slots differ, even if nothing has changed. */
@Extension
@Restricted(NoExternalUse.class)
public final class VersionTimeSlots {

    private volatile Duration length = Duration.ofMinutes(5);

    public static VersionTimeSlots get() {
        return ExtensionList.lookupSingleton(VersionTimeSlots.class);
    }

    /** Changes the length of a time slot until Jenkins stops, for tests. */
    public void setLength(Duration time) {
        length = time;
    }

    /** Returns the current time slot. The beginnings of time slots are spread over different viewers. */
    long current(int viewer) {
        long seconds = length.toSeconds();
        return (Instant.now().getEpochSecond() + viewer % seconds) / seconds;
    }
}
