package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import java.time.Instant;
import java.util.Objects;

/**
 * A status that a staging had for a while.
 *
 * @param since when it began; it lasted until the next one’s
 * @param reason why, in a sentence; null where there was nothing to say
 * @param action that it belongs to; null where none is known, or it was seen by a check
 * @param run number of the run that did the action; 0 where there is none, or it isn’t known yet
 */
public record StatusPeriod(
        Status status,
        Instant since,
        @CheckForNull String reason,
        @CheckForNull StagingAction action,
        int run) {

    public StatusPeriod {
        Objects.requireNonNull(status);
        Objects.requireNonNull(since);
    }

    StatusPeriod because(String newReason) {
        return new StatusPeriod(status, since, newReason, action, run);
    }

    StatusPeriod by(StagingAction newAction) {
        return new StatusPeriod(status, since, reason, newAction, run);
    }

    StatusPeriod by(int newRun) {
        return new StatusPeriod(status, since, reason, action, newRun);
    }
}
