package io.jenkins.plugins.octopod.api.v1.dto;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Status;

/**
 * A status in the original’s words.
 *
 * @param tag {@code Failure}, or the status itself
 * @param contents which failure; null for others
 */
public record RecordedStatus(String tag, @CheckForNull String contents) {

    static RecordedStatus of(Status status) {
        return status.isFailure()
                ? new RecordedStatus("Failure", status.name())
                : new RecordedStatus(status.name(), null);
    }
}
