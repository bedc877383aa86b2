package io.jenkins.plugins.octopod.cli.output;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Result;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.AbsoluteUrl;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.queue.ActionIdCodec;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/**
 * JSON representation of an action on a staging. Times are in ISO 8601 and UTC.
 *
 * @param id id of the action, for {@code octopod-logs}
 * @param number number of the run, for {@code octopod-update --as-in}
 * @param action name of the action’s command, without the prefix {@code octopod-}
 * @param url URL of the run’s page
 * @param created when the run was created
 */
@ModuleInternal
public record ActionJson(
        long id,
        int number,
        String action,
        String url,
        String created,
        @JsonUnwrapped Outcome outcome,
        @JsonUnwrapped OverridesJson overrides) {

    /**
     * Result of an action, as far as it is known.
     *
     * @param seconds duration of the action in seconds; {@code null} while it is in progress
     * @param result Jenkins’ name of the result; {@code null} while the action is in progress
     * @param exitCode exit code of the script; {@code null} if the script hasn’t ended, was killed or never started
     * @param reason sentence that explains a failure; {@code null} if there is none
     */
    record Outcome(
            @CheckForNull Double seconds,
            @CheckForNull String result,
            @CheckForNull Integer exitCode,
            @CheckForNull String reason) {

        private static Outcome of(StagingRun run) {
            boolean done = !run.isBuilding();
            Result result = run.getResult();
            return new Outcome(
                    done ? run.getDuration() / 1000.0 : null,
                    done && result != null ? result.toString() : null,
                    run.getExitCode(),
                    run.getReason());
        }
    }

    /** Returns the JSON representation of a run. */
    public static ActionJson of(StagingRun run, StagingAction action) throws IOException {
        return new ActionJson(
                ActionIdCodec.of(run),
                run.getNumber(),
                word(action),
                AbsoluteUrl.of(run.getUrl()),
                Instant.ofEpochMilli(run.getTimeInMillis()).toString(),
                Outcome.of(run),
                OverridesJson.of(run));
    }

    /** Returns the name of the action’s command, without the prefix {@code octopod-}. */
    static String word(StagingAction action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
