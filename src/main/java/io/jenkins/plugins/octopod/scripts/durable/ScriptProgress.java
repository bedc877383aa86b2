package io.jenkins.plugins.octopod.scripts.durable;

import java.io.Serializable;

/**
 * New output of a {@link DurableScript} since the last call.
 *
 * @param stdout new bytes of stdout, not decoded, possibly cut within a character
 * @param stderr new bytes of stderr, like stdout
 * @param more whether there is more output than one response holds, so that the next call returns immediately
 * @param exitCode exit code; null while the script runs, and while there is more to read
 * @param lost whether the script is gone without an exit code: it was killed from outside, or the machine was restarted
 * @param unstarted whether the script is lost because its start was broken off before it began
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScriptProgress(
        byte[] stdout, byte[] stderr, boolean more, Integer exitCode, boolean lost, boolean unstarted)
        implements Serializable {

    /** Returns whether the script has ended and everything was read. */
    public boolean isOver() {
        return exitCode != null || lost;
    }
}
