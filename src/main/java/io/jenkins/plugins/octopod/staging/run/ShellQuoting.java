package io.jenkins.plugins.octopod.staging.run;

import io.jenkins.plugins.octopod.engine.ControlScript;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Formats a command for a log so that a user can paste it into a shell. The plugin itself never runs scripts through a
 * shell.
 */
final class ShellQuoting {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellQuoting() {}

    static String of(ControlScript script, List<String> arguments) {
        return "$ " + script
                + arguments.stream().map(argument -> ' ' + quote(argument)).collect(Collectors.joining());
    }

    private static String quote(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
