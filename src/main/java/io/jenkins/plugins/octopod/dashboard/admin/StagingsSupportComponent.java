package io.jenkins.plugins.octopod.dashboard.admin;

import com.cloudbees.jenkins.support.api.Component;
import com.cloudbees.jenkins.support.api.Container;
import com.cloudbees.jenkins.support.api.PrintedContent;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.octopod.staging.checks.CheckScheduler;
import io.jenkins.plugins.octopod.staging.statistics.StagingStatistics;
import io.jenkins.plugins.octopod.staging.statistics.StatisticsHistory;
import io.jenkins.plugins.octopod.staging.statistics.StatisticsHistory.Sample;
import java.io.PrintWriter;
import java.util.Set;
import jenkins.model.Jenkins;

/** Statistics for the support bundle, which contain no names. Exists only if the Support Core plugin is installed. */
@Extension(optional = true)
public class StagingsSupportComponent extends Component {

    /**
     * Returns the id, which Support Core stores if an administrator excludes the component. It is the original name of
     * the class.
     */
    @NonNull
    @Override
    public String getId() {
        return "StagingsSupport";
    }

    @NonNull
    @Override
    public Set<Permission> getRequiredPermissions() {
        return Set.of(Jenkins.ADMINISTER);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.StagingsSupportComponent_displayName();
    }

    @NonNull
    @Override
    public ComponentCategory getCategory() {
        return ComponentCategory.MISC;
    }

    @Override
    public void addContents(@NonNull Container container) {
        container.add(new PrintedContent("octopod/stagings.md") {
            @Override
            protected void printTo(PrintWriter out) {
                print(out);
            }
        });
        container.add(new PrintedContent("octopod/checks.csv") {
            @Override
            protected void printTo(PrintWriter out) {
                printHistory(out);
            }
        });
    }

    private static void print(PrintWriter out) {
        StagingStatistics stagingStatistics = StagingStatistics.recent();
        out.println("# Stagings");
        out.println();
        out.println("* Projects: " + stagingStatistics.projects().size());
        stagingStatistics.statuses().forEach((status, count) -> out.println("* " + status + ": " + count));
        out.println("* Stale: " + stagingStatistics.stale());
        out.println("* Projects that are behind: "
                + stagingStatistics.projects().stream()
                        .filter(project -> project.isBehind())
                        .count());
        out.println("* Oldest status, in seconds: " + stagingStatistics.oldest().toSeconds());
        out.println("* Longest last sweep, in milliseconds: "
                + stagingStatistics.longestSweep().toMillis());
        out.println("* Checks since the start: " + CheckScheduler.get().checks());
        out.println("* Remote calls since the start: " + CheckScheduler.get().calls());
    }

    private static void printHistory(PrintWriter out) {
        out.println("time,checks per second,sweep ms,oldest ms");
        for (Sample sample : StatisticsHistory.get().samples()) {
            out.println(sample.at() + "," + sample.checksPerSecond() + ","
                    + sample.sweep().toMillis() + "," + sample.oldest().toMillis());
        }
    }
}
