package io.jenkins.plugins.octopod.staging.statistics;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import java.time.Duration;
import java.time.Instant;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Shares statistics for a second, because many metrics are read at the same moment. Thread-safe. */
@Extension
@Restricted(NoExternalUse.class)
public final class RecentStatistics {

    private static final Duration SHARED = Duration.ofSeconds(1);

    @CheckForNull
    private volatile StagingStatistics last;

    static RecentStatistics get() {
        return ExtensionList.lookupSingleton(RecentStatistics.class);
    }

    /** Returns the statistics of a time that is at most a second earlier or later than the given time. */
    StagingStatistics at(Instant now) {
        StagingStatistics known = last;
        if (known == null || Duration.between(known.at(), now).abs().compareTo(SHARED) > 0) {
            known = StagingStatistics.at(now);
            last = known;
        }
        return known;
    }
}
