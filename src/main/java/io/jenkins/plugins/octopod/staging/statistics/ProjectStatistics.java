package io.jenkins.plugins.octopod.staging.statistics;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Label;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectAgents;
import io.jenkins.plugins.octopod.staging.CheckState;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.checks.CheckScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * Statistics of the stagings of one project.
 *
 * @param project full name of the project
 * @param url URL of the project, relative to the root of Jenkins
 * @param statuses number of stagings per status, without statuses that no staging has
 * @param stale number of stagings whose status might be outdated
 * @param staleSince time since which the longest stale status might be outdated; {@code null} if no status is stale
 * @param staleReason sentence that says why that status is stale; {@code null} if no status is stale
 * @param oldest longest time since the last check of a status, among the stagings that are checked
 * @param lastSweep duration of the last sweep; {@code null} if there was none yet
 * @param overdueAfter maximum age of a status in normal operation
 * @param missingLabel label of the project, if neither an agent nor a cloud provides it; {@code null} otherwise
 * @param cloudOnlyLabel label of the project, if only a cloud provides it and no agent is kept for checks, so that nothing is
 *     checked between runs; {@code null} otherwise
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
        Duration overdueAfter,
        @CheckForNull String missingLabel,
        @CheckForNull String cloudOnlyLabel) {

    /** Returns whether checks are much later than the project’s settings intend, although no status is stale. */
    public boolean isBehind() {
        return cloudOnlyLabel == null && stale == 0 && lastSweep != null && oldest.compareTo(overdueAfter) > 0;
    }

    /** Returns whether a status has been stale for at least the given time. */
    public boolean isStaleFor(Duration time, Instant now) {
        return staleSince != null && !staleSince.plus(time).isAfter(now);
    }

    /**
     * Computes the statistics of a project.
     *
     * @param stagings all stagings of the project
     */
    static ProjectStatistics of(OctopodProject project, Iterable<Staging> stagings, Instant now) {
        Map<Status, Integer> statuses = new EnumMap<>(Status.class);
        int stale = 0;
        Staging stalest = null;
        Duration oldest = Duration.ZERO;
        String cloudOnlyLabel = ProjectAgents.cloudOnlyLabel(project);
        for (Staging staging : stagings) {
            statuses.merge(staging.getStatus(), 1, Integer::sum);
            Instant since = staging.staleSince();
            if (since != null) {
                stale++;
                Instant first = stalest == null ? null : stalest.staleSince();
                stalest = first == null || since.isBefore(first) ? staging : stalest;
            }
            if (cloudOnlyLabel == null && CheckState.isCheckable(staging.observedState())) {
                Duration age = Duration.between(staging.lastChecked(), now);
                oldest = age.compareTo(oldest) > 0 ? age : oldest;
            }
        }
        CheckSettings checks = project.getChecks();
        return new Builder(project.getFullName(), statuses)
                .url(project.getUrl())
                .stale(stale)
                .staleSince(stalest == null ? null : stalest.staleSince())
                .staleReason(stalest == null ? null : stalest.getStaleReason())
                .oldest(oldest)
                .lastSweep(CheckScheduler.get().statistics().lastSweeps().get(project.getFullName()))
                .overdueAfter(checks.intervalDuration().multipliedBy(2).plus(checks.timeoutDuration()))
                .missingLabel(missingLabel(project))
                .cloudOnlyLabel(cloudOnlyLabel)
                .build();
    }

    @CheckForNull
    private static String missingLabel(OctopodProject project) {
        Label label = project.assignedLabel();
        return label != null && label.isEmpty() ? label.getExpression() : null;
    }

    /** Builder that names each value, because several have the same type. */
    private static final class Builder {

        private final String project;
        private final Map<Status, Integer> statuses;
        private String url;
        private int stale;
        private Instant staleSince;
        private String staleReason;
        private Duration oldest;
        private Duration lastSweep;
        private Duration overdueAfter;
        private String missingLabel;
        private String cloudOnlyLabel;

        private Builder(String project, Map<Status, Integer> statuses) {
            this.project = project;
            this.statuses = statuses;
        }

        Builder url(String value) {
            url = value;
            return this;
        }

        Builder stale(int value) {
            stale = value;
            return this;
        }

        Builder staleSince(@CheckForNull Instant value) {
            staleSince = value;
            return this;
        }

        Builder staleReason(@CheckForNull String value) {
            staleReason = value;
            return this;
        }

        Builder oldest(Duration value) {
            oldest = value;
            return this;
        }

        Builder lastSweep(@CheckForNull Duration value) {
            lastSweep = value;
            return this;
        }

        Builder overdueAfter(Duration value) {
            overdueAfter = value;
            return this;
        }

        Builder missingLabel(@CheckForNull String value) {
            missingLabel = value;
            return this;
        }

        Builder cloudOnlyLabel(@CheckForNull String value) {
            cloudOnlyLabel = value;
            return this;
        }

        ProjectStatistics build() {
            return new ProjectStatistics(
                    project,
                    url,
                    statuses,
                    stale,
                    staleSince,
                    staleReason,
                    oldest,
                    lastSweep,
                    overdueAfter,
                    missingLabel,
                    cloudOnlyLabel);
        }
    }
}
