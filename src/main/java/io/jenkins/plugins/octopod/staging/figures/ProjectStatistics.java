package io.jenkins.plugins.octopod.staging.figures;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Label;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.CheckState;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.sweep.CheckScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * How the stagings of one project are.
 *
 * @param project its full name
 * @param url of the project, from the root of Jenkins
 * @param statuses how many stagings have each; statuses that none has are left out
 * @param stale how many have a status that may not be true any more
 * @param staleSince since when the first of them; null where there is none
 * @param staleReason why that one
 * @param oldest how long ago the status was known to be true that hasn’t been for longest, of those that are checked
 * @param lastSweep how long the last sweep took; null where there was none yet
 * @param patience how old a status may become where all is well
 * @param missingLabel the label that the project asks for, where neither an agent nor a cloud has it; else null
 */
public record ProjectStatistics(
        String project,
        String url,
        Map<Status, Integer> statuses,
        int stale,
        @CheckForNull Instant staleSince,
        @CheckForNull String staleReason,
        Duration oldest,
        @CheckForNull Duration lastSweep,
        Duration patience,
        @CheckForNull String missingLabel) {

    /** Whether stagings wait for their checks much longer than the project wants, although somebody is there to ask. */
    public boolean isBehind() {
        return stale == 0 && lastSweep != null && oldest.compareTo(patience) > 0;
    }

    /** Whether nobody could be asked for longer than an agent takes to be restarted. */
    public boolean isStaleFor(Duration time, Instant now) {
        return staleSince != null && !staleSince.plus(time).isAfter(now);
    }

    /** @param stagings of the project, all of them */
    static ProjectStatistics of(OctopodProject project, Iterable<Staging> stagings, Instant now) {
        Map<Status, Integer> statuses = new EnumMap<>(Status.class);
        int stale = 0;
        Staging stalest = null;
        Duration oldest = Duration.ZERO;
        for (Staging staging : stagings) {
            statuses.merge(staging.getStatus(), 1, Integer::sum);
            Instant since = staging.staleSince();
            if (since != null) {
                stale++;
                Instant first = stalest == null ? null : stalest.staleSince();
                stalest = first == null || since.isBefore(first) ? staging : stalest;
            }
            if (CheckState.isCheckable(staging.observedState())) {
                Duration age = Duration.between(staging.lastChecked(), now);
                oldest = age.compareTo(oldest) > 0 ? age : oldest;
            }
        }
        CheckSettings checks = project.getChecks();
        return new ProjectStatistics(
                project.getFullName(),
                project.getUrl(),
                statuses,
                stale,
                stalest == null ? null : stalest.staleSince(),
                stalest == null ? null : stalest.getStaleReason(),
                oldest,
                CheckScheduler.get().statistics().lastSweeps().get(project.getFullName()),
                checks.intervalDuration().multipliedBy(2).plus(checks.timeoutDuration()),
                missingLabel(project));
    }

    @CheckForNull
    private static String missingLabel(OctopodProject project) {
        Label label = project.assignedLabel();
        return label != null && label.isEmpty() ? label.getExpression() : null;
    }
}
