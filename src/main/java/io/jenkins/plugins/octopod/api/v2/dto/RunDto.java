package io.jenkins.plugins.octopod.api.v2.dto;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.api.v2.format.ApiUrls;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.time.Instant;

/**
 * The run of an operation.
 *
 * @param page URL of the run’s page in Jenkins
 * @param log URL of the log in this API
 * @param seconds duration of the run, or {@code null} while it is in progress
 */
public record RunDto(
        int number,
        String page,
        String log,
        String startedAt,
        @CheckForNull Double seconds) {

    /** @param operation the address of it */
    static RunDto of(StagingRun run, String operation) {
        return new RunDto(
                run.getNumber(),
                ApiUrls.page(run.getUrl()),
                operation + "/log",
                Instant.ofEpochMilli(run.getTimeInMillis()).toString(),
                run.isBuilding() ? null : run.getDuration() / 1000.0);
    }
}
