package io.jenkins.plugins.octopod.staging.statistics;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.octopod.staging.checks.CheckScheduler;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** In-memory history of the statistics: one sample per minute, kept for a day. Thread-safe. */
@Extension
@Restricted(NoExternalUse.class)
public final class StatisticsHistory extends PeriodicWork {

    private static final int MAX_SAMPLES = (int) Duration.ofDays(1).toMinutes();

    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private Instant checkedAt;
    private long checked;

    /**
     * One look.
     *
     * @param checksPerSecond that were answered since the look before
     * @param sweep duration of the longest of the projects’ last checks of all their stagings
     * @param oldest how long ago the status was known to be true that hasn’t been for longest
     */
    public record Sample(Instant at, double checksPerSecond, Duration sweep, Duration oldest) {}

    public static StatisticsHistory get() {
        return ExtensionList.lookupSingleton(StatisticsHistory.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    /** While Jenkins starts, there is nothing to be seen. */
    @Override
    public long getInitialDelay() {
        return MIN;
    }

    @Override
    protected void doRun() {
        sample(StagingClock.now());
    }

    /** The first look only begins to count checks. */
    public synchronized void sample(Instant now) {
        long checks = CheckScheduler.get().statistics().checks();
        if (checkedAt != null && now.isAfter(checkedAt)) {
            double seconds = Duration.between(checkedAt, now).toMillis() / 1000.0;
            StagingStatistics stagingStatistics = StagingStatistics.at(now);
            samples.addLast(new Sample(
                    now, (checks - checked) / seconds, stagingStatistics.longestSweep(), stagingStatistics.oldest()));
            while (samples.size() > MAX_SAMPLES) {
                samples.removeFirst();
            }
        }
        checkedAt = now;
        checked = checks;
    }

    /** From the first to the last. */
    public synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** In the minute before the last look; 0 where there was none yet. */
    public synchronized double checksPerSecond() {
        return samples.isEmpty() ? 0 : samples.getLast().checksPerSecond();
    }
}
