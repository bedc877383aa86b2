package io.jenkins.plugins.octopod.api.v2.forms;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.time.Instant;

/**
 * The run of an operation.
 *
 * @param page its page in Jenkins
 * @param log its address in this API
 * @param seconds that it has taken; null while it is going on
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
