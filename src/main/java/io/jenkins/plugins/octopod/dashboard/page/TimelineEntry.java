package io.jenkins.plugins.octopod.dashboard.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.dashboard.model.ActionLabels;
import io.jenkins.plugins.octopod.dashboard.model.RunUrls;
import io.jenkins.plugins.octopod.dashboard.model.StatusPresentation;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.state.StatusPeriod;
import io.jenkins.plugins.octopod.staging.support.RelativeTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** View model of a status in a staging’s history. */
public final class TimelineEntry {

    private final Staging staging;
    private final StatusPeriod period;

    /** End of the period; null for the current status. */
    @CheckForNull
    private final Instant end;

    private TimelineEntry(Staging staging, StatusPeriod period, Instant end) {
        this.staging = staging;
        this.period = period;
        this.end = end;
    }

    /** Returns the entries, newest first. */
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

    /**
     * Returns the last status of each of the newest actions in the history, newest first. Reads no file.
     *
     * @param max maximum number of actions
     */
    @ModuleInternal
    public static List<TimelineEntry> ofActions(Staging staging, int max) {
        Set<Integer> runs = new HashSet<>();
        return of(staging).stream()
                .filter(entry -> entry.period.action() != null)
                .filter(entry -> entry.period.run() == 0 || runs.add(entry.period.run()))
                .limit(max)
                .toList();
    }

    /** Returns a key that identifies the entry in later versions of the page. */
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

    /** Returns the duration, such as “3 min”; null for the current status. */
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

    /** Returns the action, such as “Update #3” or “Update”; null if unknown. */
    @CheckForNull
    public String getAction() {
        if (period.action() == null) {
            return null;
        }
        String name = ActionLabels.name(period.action());
        return period.run() > 0 ? name + " #" + period.run() : name;
    }

    /**
     * Returns the URL of the run’s page, relative to Jenkins’ root; null if there is none, or it was deleted. Reads no
     * file.
     */
    @CheckForNull
    public String getRunUrl() {
        return RunUrls.url(staging, period.run());
    }
}
