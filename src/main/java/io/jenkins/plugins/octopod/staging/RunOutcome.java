package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Result;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.engine.text.PrintableText;

/**
 * Outcome of a run.
 *
 * @param status status of the staging after the run; null if the staging no longer exists
 * @param result result of the run
 * @param reason why the run failed or the staging is not running, as a sentence; null if all is well
 */
@ModuleInternal
public record RunOutcome(
        @CheckForNull Status status,
        Result result,
        @CheckForNull String reason) {

    /**
     * The reason can contain the message of an exception from an agent. A reason that cannot be stored would leave the
     * run busy.
     */
    public RunOutcome {
        reason = reason == null ? null : PrintableText.of(reason);
    }
}
