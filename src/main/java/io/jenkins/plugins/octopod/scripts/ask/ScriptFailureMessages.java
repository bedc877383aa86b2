package io.jenkins.plugins.octopod.scripts.ask;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.time.Duration;

/** Messages that describe in a sentence how a script failed. */
public final class ScriptFailureMessages {

    private static final int SHOWN = 300;

    private ScriptFailureMessages() {}

    /** For a script that was asked; with the last line that it printed, stderr before stdout. */
    public static String failure(ControlScript script, ScriptResult result, Duration timeout) {
        return switch (result.end()) {
            case NOT_STARTED -> Messages.ScriptFailureMessages_notStarted(script, result.stderr());
            case TIMED_OUT -> Messages.ScriptFailureMessages_timedOut(script, timeout.toSeconds());
            case EXITED -> {
                String said = lastLine(result);
                yield said.isEmpty()
                        ? Messages.ScriptFailureMessages_exited(script, result.exitCode())
                        : Messages.ScriptFailureMessages_exitedSaying(script, result.exitCode(), said);
            }
        };
    }

    /** The last line that it printed, stderr before stdout; empty where it printed nothing. */
    public static String lastLine(ScriptResult result) {
        return lastLine(result, SHOWN);
    }

    /**
     * Looks from the end and copies only the line: the output may be a megabyte of short lines.
     *
     * @param most in characters; what is longer is cut
     */
    static String lastLine(ScriptResult result, int most) {
        String text = result.stderr().isBlank() ? result.stdout() : result.stderr();
        int end = text.length();
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        int start = Math.max(text.lastIndexOf('\n', end - 1), text.lastIndexOf('\r', end - 1)) + 1;
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        return end - start <= most ? text.substring(start, end) : text.substring(start, cut(text, start + most)) + "…";
    }

    /** Never between the two halves of a character. */
    private static int cut(String text, int end) {
        return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }
}
