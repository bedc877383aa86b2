package io.jenkins.plugins.octopod.api.v1.dto;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Status;

/**
 * Status in the original’s format.
 *
 * @param tag {@code Failure}, or the name of the status
 * @param contents name of the failure; {@code null} for other statuses
 */
public record RecordedStatus(String tag, @CheckForNull String contents) {

    static RecordedStatus of(Status status) {
        return status.isFailure()
                ? new RecordedStatus("Failure", status.name())
                : new RecordedStatus(status.name(), null);
    }
}
