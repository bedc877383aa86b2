package io.jenkins.plugins.octopod.dashboard.admin;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.octopod.dashboard.model.StatusPresentation;
import io.jenkins.plugins.octopod.staging.statistics.ProjectStatistics;
import io.jenkins.plugins.octopod.staging.statistics.StagingStatistics;
import io.jenkins.plugins.octopod.staging.statistics.StatisticsHistory;
import io.jenkins.plugins.octopod.staging.statistics.StatisticsHistory.Sample;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.StaplerProxy;

/** Page below “Manage Jenkins” with the statuses of all stagings and the delay of their checks. */
@Extension
@Symbol("stagingChecks")
public class ChecksPage extends ManagementLink implements StaplerProxy {

    static final String URL = "staging-checks";

    @Override
    public String getIconFileName() {
        return "symbol-pulse-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.ChecksPage_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.ChecksPage_description();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    @NonNull
    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    @NonNull
    @Override
    public Category getCategory() {
        return Category.STATUS;
    }

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(getRequiredPermission());
        return this;
    }

    /** Returns the model of the page at the current time. */
    public ViewModel getShown() {
        return new ViewModel(StagingStatistics.recent(), StatisticsHistory.get().samples());
    }

    /** Model of the page. */
    public static final class ViewModel {

        private final StagingStatistics statistics;
        private final List<Sample> samples;

        ViewModel(StagingStatistics stagingStatistics, List<Sample> samples) {
            this.statistics = stagingStatistics;
            this.samples = samples;
        }

        /** Returns the statuses that at least one staging has. */
        public List<Count> getCounts() {
            return statistics.statuses().entrySet().stream()
                    .filter(count -> count.getValue() > 0)
                    .map(count -> new Count(StatusPresentation.of(count.getKey()), count.getValue()))
                    .toList();
        }

        public int getStale() {
            return statistics.stale();
        }

        public List<ProjectRow> getProjects() {
            return statistics.projects().stream().map(ProjectRow::new).toList();
        }

        public SvgPlot getChecksPerSecond() {
            return SvgPlot.of(samples, StagingClock.now(), 1, Sample::checksPerSecond);
        }

        /** Returns the plot of the duration of checks in seconds. */
        public SvgPlot getSweep() {
            return SvgPlot.of(samples, StagingClock.now(), 1, sample -> seconds(sample.sweep()));
        }

        /** Returns the plot of the oldest status in seconds. */
        public SvgPlot getOldest() {
            return SvgPlot.of(samples, StagingClock.now(), 15, sample -> seconds(sample.oldest()));
        }

        private static double seconds(Duration duration) {
            return duration.toMillis() / 1000.0;
        }
    }

    /** Number of stagings with a status. */
    public record Count(StatusPresentation presentation, int number) {
        public StatusPresentation getPresentation() {
            return presentation;
        }

        public int getNumber() {
            return number;
        }
    }

    /** Row of a project in the page’s table. */
    public static final class ProjectRow {

        private final ProjectStatistics statistics;

        ProjectRow(ProjectStatistics statistics) {
            this.statistics = statistics;
        }

        public String getName() {
            return statistics.project();
        }

        public String getUrl() {
            return statistics.url();
        }

        public int getStagings() {
            return statistics.statuses().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
        }

        public int getStale() {
            return statistics.stale();
        }

        /** Returns why statuses are stale or unchecked; null if they are neither. */
        public String getReason() {
            String cloudOnlyLabel = statistics.cloudOnlyLabel();
            return cloudOnlyLabel == null ? statistics.staleReason() : Messages.ChecksPage_cloudOnly(cloudOnlyLabel);
        }

        public boolean isBehind() {
            return statistics.isBehind();
        }

        /** Returns the duration of the last round of checks; null if there was none yet. */
        public String getLastSweep() {
            Duration last = statistics.lastSweep();
            return last == null ? null : Util.getTimeSpanString(last.toMillis());
        }

        public String getOldest() {
            return Util.getTimeSpanString(statistics.oldest().toMillis());
        }
    }
}
