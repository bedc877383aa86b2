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

/** Under “Manage Jenkins”: how all stagings are, and whether their checks keep up. */
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

    /** All that the page shows, as of one moment. */
    public ViewModel getShown() {
        return new ViewModel(StagingStatistics.recent(), StatisticsHistory.get().samples());
    }

    /** View model of the page about checks. */
    public static final class ViewModel {

        private final StagingStatistics statistics;
        private final List<Sample> samples;

        ViewModel(StagingStatistics stagingStatistics, List<Sample> samples) {
            this.statistics = stagingStatistics;
            this.samples = samples;
        }

        /** Statuses that some staging has. */
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

        /** In seconds. */
        public SvgPlot getSweep() {
            return SvgPlot.of(samples, StagingClock.now(), 1, sample -> seconds(sample.sweep()));
        }

        /** In seconds. */
        public SvgPlot getOldest() {
            return SvgPlot.of(samples, StagingClock.now(), 15, sample -> seconds(sample.oldest()));
        }

        private static double seconds(Duration duration) {
            return duration.toMillis() / 1000.0;
        }
    }

    /**
     * A status and how many have it.
     */
    public record Count(StatusPresentation presentation, int number) {
        public StatusPresentation getPresentation() {
            return presentation;
        }

        public int getNumber() {
            return number;
        }
    }

    /** A project, in words. */
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

        /** Null where nothing is stale and statuses are checked. */
        public String getReason() {
            String cloudOnlyLabel = statistics.cloudOnlyLabel();
            return cloudOnlyLabel == null ? statistics.staleReason() : Messages.ChecksPage_cloudOnly(cloudOnlyLabel);
        }

        public boolean isBehind() {
            return statistics.isBehind();
        }

        /** Null where there was none yet. */
        public String getLastSweep() {
            Duration last = statistics.lastSweep();
            return last == null ? null : Util.getTimeSpanString(last.toMillis());
        }

        public String getOldest() {
            return Util.getTimeSpanString(statistics.oldest().toMillis());
        }
    }
}
