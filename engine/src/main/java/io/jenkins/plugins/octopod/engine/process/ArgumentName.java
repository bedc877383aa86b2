package io.jenkins.plugins.octopod.engine.process;

import io.jenkins.plugins.octopod.engine.text.QuotedText;

/**
 * Describes an argument of a script in a message. The message leaves the agent before secrets in it are masked, and a
 * part of a secret can't be masked. So the message contains the argument's key, and not its value.
 */
final class ArgumentName {

    /** Limit in characters for a quoted key. */
    private static final int MAX_KEY_LENGTH = 100;

    private ArgumentName() {}

    /** Returns “the value of “KEY””, or a description for an argument without a key. */
    static String of(String argument) {
        int end = argument.indexOf('=');
        if (end <= 0) {
            return "one of its arguments";
        }
        return "the value of “" + QuotedText.of(argument.substring(0, end), MAX_KEY_LENGTH) + "”";
    }
}
