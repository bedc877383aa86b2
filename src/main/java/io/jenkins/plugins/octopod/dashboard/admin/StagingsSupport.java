package io.jenkins.plugins.octopod.dashboard.admin;

import com.cloudbees.jenkins.support.api.Component;
import com.cloudbees.jenkins.support.api.Container;
import com.cloudbees.jenkins.support.api.PrintedContent;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.octopod.staging.figures.Figures;
import io.jenkins.plugins.octopod.staging.figures.FiguresHistory;
import io.jenkins.plugins.octopod.staging.figures.FiguresHistory.Sample;
import io.jenkins.plugins.octopod.staging.sweep.Sweeps;
import java.io.PrintWriter;
import java.util.Set;
import jenkins.model.Jenkins;

/** Figures in the support bundle, without a name of anything. Only where the Support Core plugin is there. */
@Extension(optional = true)
public class StagingsSupport extends Component {

    @NonNull
    @Override
    public Set<Permission> getRequiredPermissions() {
        return Set.of(Jenkins.ADMINISTER);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.StagingsSupport_displayName();
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
        Figures figures = Figures.recent();
        out.println("# Stagings");
        out.println();
        out.println("* Projects: " + figures.projects().size());
        figures.statuses().forEach((status, count) -> out.println("* " + status + ": " + count));
        out.println("* Stale: " + figures.stale());
        out.println("* Projects that are behind: "
                + figures.projects().stream()
                        .filter(project -> project.isBehind())
                        .count());
        out.println("* Oldest status, in seconds: " + figures.oldest().toSeconds());
        out.println("* Longest last sweep, in milliseconds: "
                + figures.longestSweep().toMillis());
        out.println("* Checks since the start: " + Sweeps.get().checks());
        out.println("* Remote calls since the start: " + Sweeps.get().calls());
    }

    private static void printHistory(PrintWriter out) {
        out.println("time,checks per second,sweep ms,oldest ms");
        for (Sample sample : FiguresHistory.get().samples()) {
            out.println(sample.at() + "," + sample.checksPerSecond() + ","
                    + sample.sweep().toMillis() + "," + sample.oldest().toMillis());
        }
    }
}
