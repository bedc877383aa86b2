package io.jenkins.plugins.octopod.scripts.ask;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.time.Duration;
import java.util.List;

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

    /** @param most in characters; what is longer is cut */
    static String lastLine(ScriptResult result, int most) {
        String text = result.stderr().isBlank() ? result.stdout() : result.stderr();
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        return last.length() <= most ? last : last.substring(0, most) + "…";
    }
}
