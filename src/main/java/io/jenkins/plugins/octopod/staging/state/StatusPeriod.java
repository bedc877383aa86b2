package io.jenkins.plugins.octopod.staging.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * A period in which a staging had the same status.
 *
 * @param since start of the period; it lasted until the next period began
 * @param reason reason for the status, in a sentence; {@code null} if there was none
 * @param action action that caused the status; {@code null} if unknown, or if a check observed the status
 * @param run number of the run of that action; 0 if there is none or it is not known yet
 */
public record StatusPeriod(
        Status status,
        Instant since,
        @CheckForNull String reason,
        @CheckForNull StagingAction action,
        int run) {

    public StatusPeriod {
        Objects.requireNonNull(status);
        since = since.truncatedTo(ChronoUnit.MILLIS); // as it is stored
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
