package io.jenkins.plugins.octopod.engine.process;

import java.io.Serializable;
import java.time.Duration;

/**
 * Result of a script with its output.
 *
 * @param end how the script ended
 * @param exitCode exit code of the script; {@link #NO_EXIT_CODE} unless it ended with {@link Termination#EXITED}
 * @param stdout output, limited to the bytes that the runner keeps
 * @param stderr errors, limited like stdout; for {@link Termination#NOT_STARTED} a sentence about the reason
 * @param truncated whether only the beginning of stdout or stderr was kept
 * @param undecodable whether stdout or stderr isn't UTF-8; invalid bytes were replaced by U+FFFD
 * @param duration time from the start until the script ended or was killed
 */
public record ScriptResult(
        Termination end,
        int exitCode,
        String stdout,
        String stderr,
        boolean truncated,
        boolean undecodable,
        Duration duration)
        implements Serializable {

    /** Exit code of a script that was killed or never ran. */
    public static final int NO_EXIT_CODE = -1;

    /** Ways in which a script can end. */
    public enum Termination {
        /** Ended with an exit code, without being killed. */
        EXITED,
        /** Killed with all its processes at the time limit. */
        TIMED_OUT,
        /** Not run, for example because it is missing, not executable, or its interpreter is missing. */
        NOT_STARTED
    }

    static ScriptResult notStarted(String sentence) {
        return new ScriptResult(Termination.NOT_STARTED, NO_EXIT_CODE, "", sentence, false, false, Duration.ZERO);
    }

    /** Returns whether the script ended with 0. */
    public boolean isSuccess() {
        return end == Termination.EXITED && exitCode == 0;
    }
}
