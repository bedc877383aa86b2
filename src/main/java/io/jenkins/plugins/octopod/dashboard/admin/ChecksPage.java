package io.jenkins.plugins.octopod.dashboard.admin;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.octopod.dashboard.StatusLook;
import io.jenkins.plugins.octopod.staging.StagingClock;
import io.jenkins.plugins.octopod.staging.figures.Figures;
import io.jenkins.plugins.octopod.staging.figures.FiguresHistory;
import io.jenkins.plugins.octopod.staging.figures.FiguresHistory.Sample;
import io.jenkins.plugins.octopod.staging.figures.ProjectFigures;
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
    public Shown getShown() {
        return new Shown(Figures.recent(), FiguresHistory.get().samples());
    }

    /** What the page shows. */
    public static final class Shown {

        private final Figures figures;
        private final List<Sample> samples;

        Shown(Figures figures, List<Sample> samples) {
            this.figures = figures;
            this.samples = samples;
        }

        /** Statuses that some staging has. */
        public List<Count> getCounts() {
            return figures.statuses().entrySet().stream()
                    .filter(count -> count.getValue() > 0)
                    .map(count -> new Count(StatusLook.of(count.getKey()), count.getValue()))
                    .toList();
        }

        public int getStale() {
            return figures.stale();
        }

        public List<ProjectRow> getProjects() {
            return figures.projects().stream().map(ProjectRow::new).toList();
        }

        public Plot getChecksPerSecond() {
            return Plot.of(samples, StagingClock.now(), 1, Sample::checksPerSecond);
        }

        /** In seconds. */
        public Plot getSweep() {
            return Plot.of(samples, StagingClock.now(), 1, sample -> seconds(sample.sweep()));
        }

        /** In seconds. */
        public Plot getOldest() {
            return Plot.of(samples, StagingClock.now(), 15, sample -> seconds(sample.oldest()));
        }

        private static double seconds(Duration duration) {
            return duration.toMillis() / 1000.0;
        }
    }

    /**
     * A status and how many have it.
     */
    public record Count(StatusLook look, int number) {
        public StatusLook getLook() {
            return look;
        }

        public int getNumber() {
            return number;
        }
    }

    /** A project, in words. */
    public static final class ProjectRow {

        private final ProjectFigures figures;

        ProjectRow(ProjectFigures figures) {
            this.figures = figures;
        }

        public String getName() {
            return figures.project();
        }

        public String getUrl() {
            return figures.url();
        }

        public int getStagings() {
            return figures.statuses().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
        }

        public int getStale() {
            return figures.stale();
        }

        /** Null where nothing is stale. */
        public String getReason() {
            return figures.staleReason();
        }

        public boolean isBehind() {
            return figures.isBehind();
        }

        /** Null where there was none yet. */
        public String getLastSweep() {
            Duration last = figures.lastSweep();
            return last == null ? null : Util.getTimeSpanString(last.toMillis());
        }

        public String getOldest() {
            return Util.getTimeSpanString(figures.oldest().toMillis());
        }
    }
}
