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
     * One sample.
     *
     * @param checksPerSecond number of checks with a result per second since the previous sample
     * @param sweep duration of the longest of the projects’ last checks of all their stagings
     * @param oldest longest time since a status was last confirmed
     */
    public record Sample(Instant at, double checksPerSecond, Duration sweep, Duration oldest) {}

    public static StatisticsHistory get() {
        return ExtensionList.lookupSingleton(StatisticsHistory.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    /** Not zero, because there is nothing to sample while Jenkins starts. */
    @Override
    public long getInitialDelay() {
        return MIN;
    }

    @Override
    protected void doRun() {
        sample(StagingClock.now());
    }

    /** Takes a sample. The first call only begins to count checks. */
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

    /** Returns the samples, oldest first. */
    public synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** Returns the checks per second in the minute before the last sample; 0 if there is no sample. */
    public synchronized double checksPerSecond() {
        return samples.isEmpty() ? 0 : samples.getLast().checksPerSecond();
    }
}
