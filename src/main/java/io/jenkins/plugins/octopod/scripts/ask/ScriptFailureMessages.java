package io.jenkins.plugins.octopod.scripts.ask;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.time.Duration;

/** Messages about the failure of a script. */
public final class ScriptFailureMessages {

    private static final int SHOWN = 300;

    private ScriptFailureMessages() {}

    /**
     * Returns the message for a short script, with the last line that it printed; stderr takes precedence over stdout.
     */
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

    /** Returns the last line that the script printed, on stderr rather than stdout; empty if it printed nothing. */
    public static String lastLine(ScriptResult result) {
        return lastLine(result, SHOWN);
    }

    /**
     * Returns the last line. Searches from the end and copies only the line, because the output can be a megabyte of
     * short lines.
     *
     * @param most maximum length in characters
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

    /** Returns the end of the cut text, which is never between the two halves of a character. */
    private static int cut(String text, int end) {
        return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }
}
