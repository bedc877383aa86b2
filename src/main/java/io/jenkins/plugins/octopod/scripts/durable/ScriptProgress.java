package io.jenkins.plugins.octopod.scripts.durable;

import java.io.Serializable;

/**
 * What a {@link DurableScript} has printed since it was asked last.
 *
 * @param stdout not decoded, possibly cut within a character
 * @param stderr as stdout
 * @param more whether it has printed more than one answer holds: ask again at once
 * @param exitCode null while it runs, and while there is more to read
 * @param lost whether it is gone without having left an exit code: killed from outside, or the machine was restarted
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScriptProgress(byte[] stdout, byte[] stderr, boolean more, Integer exitCode, boolean lost)
        implements Serializable {

    /** Whether there is nothing more to come. */
    public boolean isOver() {
        return exitCode != null || lost;
    }
}
