package io.jenkins.plugins.octopod.engine.process;

import java.io.Serializable;
import java.time.Duration;

/**
 * Result of a script with its output.
 *
 * @param end how the script ended
 * @param exitCode exit code of the script; {@link #NO_EXIT_CODE} unless it ended with {@link Termination#EXITED}
 * @param output output of the script, limited to the bytes that the runner keeps
 * @param duration time from the start until the script ended or was killed
 */
public record ScriptResult(Termination end, int exitCode, Output output, Duration duration) implements Serializable {

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

    /**
     * Output of a script.
     *
     * @param stdout standard output
     * @param stderr standard error; for {@link Termination#NOT_STARTED} a sentence about the reason
     * @param truncated whether only the beginning of stdout or stderr was kept
     * @param undecodable whether stdout or stderr isn't UTF-8; invalid bytes were replaced by U+FFFD
     */
    public record Output(String stdout, String stderr, boolean truncated, boolean undecodable) implements Serializable {

        private static final Output NONE = new Output("", "", false, false);

        private Output withStdout(String text) {
            return new Output(text, stderr, truncated, undecodable);
        }

        private Output withStderr(String text) {
            return new Output(stdout, text, truncated, undecodable);
        }
    }

    /** Returns the result of a script that wasn't run. */
    public static ScriptResult notStarted(String sentence) {
        return new ScriptResult(Termination.NOT_STARTED, NO_EXIT_CODE, Output.NONE.withStderr(sentence), Duration.ZERO);
    }

    /** Returns the result of a script that ended at once with an exit code, and whose output was kept whole. */
    public static ScriptResult exited(int exitCode) {
        return new ScriptResult(Termination.EXITED, exitCode, Output.NONE, Duration.ZERO);
    }

    /** Returns a copy with a different stdout. */
    public ScriptResult withStdout(String text) {
        return new ScriptResult(end, exitCode, output.withStdout(text), duration);
    }

    /** Returns a copy with a different stderr. */
    public ScriptResult withStderr(String text) {
        return new ScriptResult(end, exitCode, output.withStderr(text), duration);
    }

    /** Returns a copy with only a text in place of the output. The duration is rounded to milliseconds. */
    public ScriptResult summary(String text) {
        return new ScriptResult(end, exitCode, Output.NONE.withStderr(text), Duration.ofMillis(duration.toMillis()));
    }

    /** Returns {@link Output#stdout}. */
    public String stdout() {
        return output.stdout;
    }

    /** Returns {@link Output#stderr}. */
    public String stderr() {
        return output.stderr;
    }

    /** Returns {@link Output#truncated}. */
    public boolean truncated() {
        return output.truncated;
    }

    /** Returns {@link Output#undecodable}. */
    public boolean undecodable() {
        return output.undecodable;
    }

    /** Returns whether the script ended with 0. */
    public boolean isSuccess() {
        return end == Termination.EXITED && exitCode == 0;
    }
}
