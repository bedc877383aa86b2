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
                        + ", and was killed with all processes that it had started. " + hangAdvice(attempt.script()));
        };
    }

    private static String hangAdvice(ControlScript script) {
        String wait =
                switch (script) {
                    case CREATE, UPDATE, UNARCHIVE ->
                        "It doesn’t have to wait until the staging is ready, because Jenkins runs “check” for that. ";
                    case ARCHIVE ->
                        "It doesn’t have to wait until everything has ended, because Jenkins runs “archive_check” for that. ";
                    case CHECK, ARCHIVE_CHECK ->
                        "Jenkins runs it repeatedly: it must report the current state at once. ";
                    default -> "";
                };
        return wait + "Find out what it waits for, or give it more time with --timeout.";
    }

    /** Requires exit code 0. */
    static Optional<String> succeeds(Attempt attempt) {
        ScriptResult result = attempt.result();
        if (result.end() != Termination.EXITED || result.exitCode() == 0) {
            return Optional.empty();
        }
        String what = quoted(attempt.script()) + " exited with " + result.exitCode() + ", but only 0 means success. ";
        return Optional.of(what + failureAdvice(attempt));
    }

    private static String failureAdvice(Attempt attempt) {
        ScriptResult result = attempt.result();
        if (!understands(attempt)) {
            return "It doesn’t seem to understand its arguments. It must accept "
                    + BenchFormat.arguments(attempt.script()) + ", and ignore those that it doesn’t need.";
        }
        if (result.exitCode() == NOT_FOUND || result.exitCode() == NOT_EXECUTABLE) {
            return "The usual reason is a command in it that isn’t on the PATH, or isn’t executable.";
        }
        if (attempt.script() == ControlScript.CONFIG_CHECK) {
            return "If the configuration is wrong, fix the defaults, or override them with -o and -e. Users see what it"
                    + " prints on stdout.";
        }
        return result.stderr().isBlank()
                ? "It printed nothing on stderr: it should print there what went wrong."
                : "Its output on stderr might say why.";
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
                    ? "It must exit with 0 as soon as " + event
                            + " has taken effect. If that takes longer, set --timeout."
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
                + ". Jenkins runs it often, so such processes would pile up: start none in the background, or wait for"
                + " their end.");
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

    /** Requires that the script prints tags. */
    static Optional<String> printsTags(Attempt attempt) {
        return reads(attempt, () -> ScriptOutputCsv.tags(attempt.result().stdout()));
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
