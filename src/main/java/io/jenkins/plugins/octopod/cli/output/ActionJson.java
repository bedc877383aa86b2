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

/** JSON representation of an action on a staging. Times are ISO 8601, in UTC. */
@ModuleInternal
public record ActionJson(
        long id,
        String action,
        String url,
        String created,
        @JsonUnwrapped Outcome outcome,
        @JsonUnwrapped OverridesJson overrides) {

    /**
     * What an action has resulted in so far.
     *
     * @param seconds duration of the action, or {@code null} while it is in progress
     * @param result Jenkins’ name of the result, or {@code null} while the action is in progress
     * @param exitCode exit code of the script, or {@code null} if it isn’t done, was killed or never started
     * @param reason sentence that explains a failure, or {@code null} if there is none
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

    public static ActionJson of(StagingRun run, StagingAction action) throws IOException {
        return new ActionJson(
                ActionIdCodec.of(run),
                word(action),
                AbsoluteUrl.of(run.getUrl()),
                Instant.ofEpochMilli(run.getTimeInMillis()).toString(),
                Outcome.of(run),
                OverridesJson.of(run));
    }

    /** Returns the name of the action’s command. */
    static String word(StagingAction action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
