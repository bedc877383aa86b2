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

    /** Those who look at the same moment, such as many metrics, share what was found. */
    private static final Duration SHARED = Duration.ofSeconds(1);

    private static final Logger LOGGER = Logger.getLogger(StagingStatistics.class.getName());

    private static volatile StagingStatistics last;

    /** Not older than a second. */
    @NonNull
    public static StagingStatistics recent() {
        StagingStatistics known = last;
        Instant now = StagingClock.now();
        if (known == null || Duration.between(known.at(), now).abs().compareTo(SHARED) > 0) {
            known = at(now);
            last = known;
        }
        return known;
    }

    /** As of now. */
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

    /** Empty for a project that can’t be counted, such as for a bug in the plugin of its agents. */
    private static Stream<ProjectStatistics> of(OctopodProject project, List<Staging> stagings, Instant now) {
        try {
            return Stream.of(ProjectStatistics.of(project, stagings, now));
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "There are no statistics of " + project);
            return Stream.empty();
        }
    }

    /** How many stagings have each status; each status is there. */
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

    /** How many stagings have a status that may not be true any more. */
    public int stale() {
        return projects.stream().mapToInt(ProjectStatistics::stale).sum();
    }

    /** How long ago the status was known to be true that hasn’t been for longest. */
    public Duration oldest() {
        return projects.stream()
                .map(ProjectStatistics::oldest)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** The longest of the projects’ last checks of all their stagings. */
    public Duration longestSweep() {
        return projects.stream()
                .map(ProjectStatistics::lastSweep)
                .filter(Objects::nonNull)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
