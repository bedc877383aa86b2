package io.jenkins.plugins.octopod.engine.process;

import io.jenkins.plugins.octopod.engine.text.QuotedText;

/**
 * How a message names an argument of a script. The message leaves the agent before secrets in it are masked, and a part of a
 * secret can't be masked. So an argument is named by its key, and its value isn't told.
 */
final class ArgumentName {

    /** In characters. */
    private static final int MAX_KEY_LENGTH = 100;

    private ArgumentName() {}

    /** Returns “the value of “KEY””, or words for an argument that has no key. */
    static String of(String argument) {
        int end = argument.indexOf('=');
        if (end <= 0) {
            return "one of its arguments";
        }
        return "the value of “" + QuotedText.of(argument.substring(0, end), MAX_KEY_LENGTH) + "”";
    }
}
