package io.jenkins.plugins.octopod.engine.process;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a script ended and what it printed.
 *
 * @param end how it ended; the exit code means something only for {@link Termination#EXITED}
 * @param exitCode the script's own, or {@link #NO_EXIT_CODE}
 * @param stdout what it printed, at most as many bytes as the runner keeps
 * @param stderr as stdout; for {@link Termination#NOT_STARTED} one sentence that says why
 * @param truncated whether stdout or stderr was longer than what is kept; the beginning is
 * @param undecodable whether stdout or stderr isn't UTF-8; what can't be read was replaced by U+FFFD
 * @param duration from the start until the script ended or was killed
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

    /** The exit code of a script that has none, because it was killed or never ran. */
    public static final int NO_EXIT_CODE = -1;

    /** Ways in which a script can end. */
    public enum Termination {
        /** By itself, with an exit code. */
        EXITED,
        /** Killed with all that it had started, because the time was up. */
        TIMED_OUT,
        /** It can't be run: it is missing, not executable, its interpreter isn't there… */
        NOT_STARTED
    }

    static ScriptResult notStarted(String sentence) {
        return new ScriptResult(Termination.NOT_STARTED, NO_EXIT_CODE, "", sentence, false, false, Duration.ZERO);
    }

    /** Whether it ended by itself with 0. */
    public boolean isSuccess() {
        return end == Termination.EXITED && exitCode == 0;
    }
}
