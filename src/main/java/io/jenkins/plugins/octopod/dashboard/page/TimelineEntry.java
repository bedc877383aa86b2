package io.jenkins.plugins.octopod.dashboard.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.octopod.dashboard.model.ActionLabels;
import io.jenkins.plugins.octopod.dashboard.model.StatusPresentation;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.state.StatusPeriod;
import io.jenkins.plugins.octopod.staging.support.RelativeTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A status that a staging had, as its page shows it. */
public final class TimelineEntry {

    private final Staging staging;
    private final StatusPeriod period;

    /** Null for what it has now. */
    @CheckForNull
    private final Instant end;

    private TimelineEntry(Staging staging, StatusPeriod period, Instant end) {
        this.staging = staging;
        this.period = period;
        this.end = end;
    }

    /** Newest first. */
    static List<TimelineEntry> of(Staging staging) {
        List<TimelineEntry> entries = new ArrayList<>();
        Instant end = null;
        List<StatusPeriod> periods = staging.observedState().history();
        for (int i = periods.size() - 1; i >= 0; i--) {
            entries.add(new TimelineEntry(staging, periods.get(i), end));
            end = periods.get(i).since();
        }
        return entries;
    }

    /** By which the page knows it again. */
    public String getKey() {
        return period.status() + "-" + period.since().toEpochMilli();
    }

    public StatusPresentation getPresentation() {
        return end == null ? StatusPresentation.of(staging.observedState()) : StatusPresentation.past(period.status());
    }

    public RelativeTime getSince() {
        return new RelativeTime(period.since());
    }

    public boolean isNow() {
        return end == null;
    }

    /** Such as “3 min”; null for what it has now. */
    @CheckForNull
    public String getLasted() {
        return end == null
                ? null
                : Util.getTimeSpanString(
                        Math.max(0, Duration.between(period.since(), end).toMillis()));
    }

    @CheckForNull
    public String getReason() {
        return Util.fixEmptyAndTrim(period.reason());
    }

    /** Such as “Update #3”, or “Update”; null if it belongs to none that is known. */
    @CheckForNull
    public String getAction() {
        if (period.action() == null) {
            return null;
        }
        String name = ActionLabels.name(period.action());
        return period.run() > 0 ? name + " #" + period.run() : name;
    }

    /** The run’s page, from the root of Jenkins; null if there is none, or it was deleted. Reads no file. */
    @CheckForNull
    public String getRunUrl() {
        return RunUrls.url(staging, period.run());
    }
}
