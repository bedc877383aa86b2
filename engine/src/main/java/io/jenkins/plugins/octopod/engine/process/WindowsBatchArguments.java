package io.jenkins.plugins.octopod.engine.process;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Rejects arguments that are not safe for a batch file. Windows runs batch files with {@code cmd.exe}, which interprets
 * some characters in arguments as commands. No way of quoting works in every batch file. Without this check, a user who
 * chooses a staging’s configuration could run any command on the agent.
 */
public final class WindowsBatchArguments {

    private static final String READ_BY_CMD = "\"%&|<>^!\r\n";

    private WindowsBatchArguments() {}

    /** Returns a sentence about why the program can’t get its arguments; empty if it can. */
    public static Optional<String> refusal(List<String> command) {
        if (!isBatch(command.get(0))) {
            return Optional.empty();
        }
        return command.stream()
                .skip(1)
                .flatMap(argument -> argument.chars()
                        .filter(character -> READ_BY_CMD.indexOf(character) >= 0)
                        .limit(1)
                        .mapToObj(character -> sentence(command.get(0), argument, (char) character)))
                .findFirst();
    }

    private static boolean isBatch(String program) {
        String name = program.toLowerCase(Locale.ROOT);
        return name.endsWith(".bat") || name.endsWith(".cmd");
    }

    private static String sentence(String program, String argument, char character) {
        String what = character == '\r' || character == '\n' ? "line break" : "“" + character + "”";
        return "“" + program + "” can’t get " + ArgumentName.of(argument) + ": cmd.exe would interpret the " + what
                + " in it. Use an .exe instead of a .bat or .cmd, or avoid this character.";
    }
}
