package io.jenkins.plugins.octopod.staging.statistics;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.checks.CheckScheduler;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Statistics of all stagings at one time, regardless of the viewer’s permissions.
 *
 * @param at time of the statistics
 * @param projects statistics of each project
 */
public record StagingStatistics(Instant at, List<ProjectStatistics> projects) {

    private static final Logger LOGGER = Logger.getLogger(StagingStatistics.class.getName());

    /** Returns statistics that are a second old at most. */
    @NonNull
    public static StagingStatistics recent() {
        return RecentStatistics.get().at(StagingClock.now());
    }

    /** Computes the statistics. */
    @NonNull
    public static StagingStatistics at(Instant now) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return new StagingStatistics(
                    now,
                    CheckScheduler.get().stagings().entrySet().stream()
                            .flatMap(project -> of(project.getKey(), project.getValue(), now))
                            .toList());
        }
    }

    /**
     * Computes the statistics of a project; empty if that fails, for example because of a bug in the plugin of its
     * agents.
     */
    private static Stream<ProjectStatistics> of(OctopodProject project, List<Staging> stagings, Instant now) {
        try {
            return Stream.of(ProjectStatistics.of(project, stagings, now));
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "There are no statistics of " + project);
            return Stream.empty();
        }
    }

    /** Returns the number of stagings for each status, including statuses that no staging has. */
    public Map<Status, Integer> statuses() {
        Map<Status, Integer> statuses = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            statuses.put(
                    status,
                    projects.stream()
                            .mapToInt(project -> project.statuses().getOrDefault(status, 0))
                            .sum());
        }
        return statuses;
    }

    /** Returns the number of stagings whose status might be outdated. */
    public int stale() {
        return projects.stream().mapToInt(ProjectStatistics::stale).sum();
    }

    /** Returns the longest time since a status was last confirmed. */
    public Duration oldest() {
        return projects.stream()
                .map(ProjectStatistics::oldest)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Returns the duration of the longest of the projects’ last checks of all their stagings. */
    public Duration longestSweep() {
        return projects.stream()
                .map(ProjectStatistics::lastSweep)
                .filter(Objects::nonNull)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
