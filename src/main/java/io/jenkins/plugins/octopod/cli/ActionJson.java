package io.jenkins.plugins.octopod.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.ActionIdCodec;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What was done to a staging, as JSON. Times are ISO 8601, in UTC.
 *
 * @param result a word of Jenkins; null while it is going on
 * @param seconds how long it has taken; null while it is going on
 * @param exitCode of the script; null where it has none, because it isn’t done, was killed or never started
 * @param reason of a failure, in a sentence; null where all is well
 */
record ActionJson(
        long id,
        String action,
        String url,
        String created,
        @CheckForNull Double seconds,
        @CheckForNull String result,
        @CheckForNull Integer exitCode,
        @CheckForNull String reason,
        List<StagingJson.OverrideJson> applicationOverrides,
        List<StagingJson.OverrideJson> deploymentOverrides) {

    static ActionJson of(StagingRun run, StagingAction action) throws IOException {
        boolean done = !run.isBuilding();
        Result result = run.getResult();
        return new ActionJson(
                ActionIdCodec.of(run),
                word(action),
                StagingJson.absolute(run.getUrl()),
                Instant.ofEpochMilli(run.getTimeInMillis()).toString(),
                done ? run.getDuration() / 1000.0 : null,
                done && result != null ? result.toString() : null,
                run.getExitCode(),
                run.getReason(),
                StagingJson.OverrideJson.listOf(run.getApplicationOverrides()),
                StagingJson.OverrideJson.listOf(run.getDeploymentOverrides()));
    }

    /** As its command is called. */
    static String word(StagingAction action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
