package io.jenkins.plugins.octopod.engine.bench;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv;
import io.jenkins.plugins.octopod.engine.UnreadableOutputException;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.engine.process.ScriptResult.Termination;
import java.util.Optional;
import java.util.regex.Pattern;

/** Requirements of the contract on scripts. */
final class Expectations {

    /** Matches the typical messages of argument parsers about unknown arguments. */
    private static final Pattern NOT_UNDERSTOOD = Pattern.compile(
            "\\busage\\b|(un(known|recogni[sz]ed|expected|supported)|invalid|illegal|bad|no such)"
                    + " (command[- ]line )?(option|argument|flag|parameter|switch)"
                    + "|flag provided but not defined",
            Pattern.CASE_INSENSITIVE);

    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    private Expectations() {}

    /** Requires that the script can be started, and isn't killed at the timeout. */
    static Optional<String> ends(Attempt attempt) {
        ScriptResult result = attempt.result();
        return switch (result.end()) {
            case EXITED -> Optional.empty();
            case NOT_STARTED -> Optional.of(result.stderr());
            case TIMED_OUT ->
                Optional.of(quoted(attempt.script()) + " hadn’t ended after " + BenchFormat.seconds(result.duration())
                        + " and was killed with all it had started. " + hangAdvice(attempt.script()));
        };
    }

    private static String hangAdvice(ControlScript script) {
        String wait =
                switch (script) {
                    case CREATE, UPDATE, UNARCHIVE ->
                        "It needn’t wait until the staging serves: “check” is asked for that. ";
                    case ARCHIVE -> "It needn’t wait until all has ended: “archive_check” is asked for that. ";
                    case CHECK, ARCHIVE_CHECK -> "It is asked again and again: answer at once what is so now. ";
                    default -> "";
                };
        return wait + "Look for what it waits for, or give it longer with --timeout.";
    }

    /** Requires exit code 0. */
    static Optional<String> succeeds(Attempt attempt) {
        ScriptResult result = attempt.result();
        if (result.end() != Termination.EXITED || result.exitCode() == 0) {
            return Optional.empty();
        }
        String what =
                quoted(attempt.script()) + " exited with " + result.exitCode() + ", where 0 says that all went well. ";
        return Optional.of(what + failureAdvice(attempt));
    }

    private static String failureAdvice(Attempt attempt) {
        ScriptResult result = attempt.result();
        if (!understands(attempt)) {
            return "It seems not to understand its arguments. It must take " + BenchFormat.arguments(attempt.script())
                    + ", and pass over those that it doesn’t need.";
        }
        if (result.exitCode() == NOT_FOUND || result.exitCode() == NOT_EXECUTABLE) {
            return "Mostly that is a command in it that isn’t on the PATH, or isn’t executable.";
        }
        if (attempt.script() == ControlScript.CONFIG_CHECK) {
            return "If the configuration is wrong, mend the defaults or override them with -o and -e; what it prints on"
                    + " stdout is what people are told.";
        }
        return result.stderr().isBlank()
                ? "It printed nothing on stderr: let it say there what went wrong."
                : "What it printed on stderr may say why.";
    }

    /** Returns whether no output suggests that the script doesn't know its arguments. */
    private static boolean understands(Attempt attempt) {
        return !NOT_UNDERSTOOD.matcher(attempt.result().stderr()).find()
                && !NOT_UNDERSTOOD.matcher(attempt.result().stdout()).find();
    }

    /** Requires an exit code other than 0 that isn't caused by unknown arguments. */
    static Expectation saysNo(String sentenceIfYes) {
        return attempt -> {
            ScriptResult result = attempt.result();
            if (result.isSuccess()) {
                return Optional.of(sentenceIfYes);
            }
            boolean confused = result.end() == Termination.EXITED && !understands(attempt);
            return confused ? succeeds(attempt) : Optional.empty();
        };
    }

    /** Requires that the last run of a repeated check succeeds. */
    static Expectation saysYesWithin(String event, String limit) {
        return attempt -> {
            ScriptResult result = attempt.result();
            if (result.end() != Termination.EXITED || result.exitCode() == 0) {
                return Optional.empty();
            }
            String what = quoted(attempt.script()) + " still says no " + limit + " after " + event + " (it exits with "
                    + result.exitCode() + "). ";
            String advice = understands(attempt)
                    ? "Let it exit with 0 once that is so, or give it longer with --timeout."
                    : failureAdvice(attempt);
            return Optional.of(what + advice);
        };
    }

    /** Requires that the script leaves no process running. */
    static Optional<String> leavesNothing(Attempt attempt) {
        if (attempt.leftRunning().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(quoted(attempt.script()) + " has ended but left a process running: "
                + BenchFormat.list(attempt.leftRunning())
                + ". It is run often, so they would pile up: wait for what it starts in the background, or don’t.");
    }

    /** Requires that the script prints a configuration. */
    static Optional<String> printsConfiguration(Attempt attempt) {
        return reads(
                attempt,
                () -> ScriptOutputCsv.configuration(
                        attempt.script(), attempt.result().stdout()));
    }

    /** Requires that the script prints links. */
    static Optional<String> printsLinks(Attempt attempt) {
        return reads(attempt, () -> ScriptOutputCsv.links(attempt.result().stdout()));
    }

    private static Optional<String> reads(Attempt attempt, Reading reading) {
        if (!attempt.result().isSuccess()) {
            return Optional.empty();
        }
        try {
            reading.read();
            return Optional.empty();
        } catch (UnreadableOutputException e) {
            return Optional.of(e.getMessage());
        }
    }

    static String quoted(ControlScript script) {
        return "“" + script + "”";
    }

    private interface Reading {
        Object read() throws UnreadableOutputException;
    }
}
