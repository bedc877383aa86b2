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

    /** Returns the result of a script that wasn't run. */
    public static ScriptResult notStarted(String sentence) {
        return new ScriptResult(Termination.NOT_STARTED, NO_EXIT_CODE, "", sentence, false, false, Duration.ZERO);
    }

    /** Returns the result of a script that ended at once with an exit code, and whose output was kept whole. */
    public static ScriptResult exited(int exitCode) {
        return new ScriptResult(Termination.EXITED, exitCode, "", "", false, false, Duration.ZERO);
    }

    /** Returns a copy with a different stdout. */
    public ScriptResult withStdout(String text) {
        return new ScriptResult(end, exitCode, text, stderr, truncated, undecodable, duration);
    }

    /** Returns a copy with a different stderr. */
    public ScriptResult withStderr(String text) {
        return new ScriptResult(end, exitCode, stdout, text, truncated, undecodable, duration);
    }

    /** Returns a copy with only a text in place of the output. The duration is rounded to milliseconds. */
    public ScriptResult summary(String text) {
        return new ScriptResult(end, exitCode, "", text, false, false, Duration.ofMillis(duration.toMillis()));
    }

    /** Returns whether the script ended with 0. */
    public boolean isSuccess() {
        return end == Termination.EXITED && exitCode == 0;
    }
}
