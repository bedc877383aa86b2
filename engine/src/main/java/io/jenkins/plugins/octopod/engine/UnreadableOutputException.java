package io.jenkins.plugins.octopod.engine;

/**
 * Thrown if a script succeeded, but its output violates the contract. The message is a sentence for the script's
 * author.
 */
public class UnreadableOutputException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableOutputException(ControlScript script, String what) {
        super("What “" + script + "” printed " + what + ". " + advice(script));
    }

    private static String advice(ControlScript script) {
        return switch (script) {
            case INFO -> "Print two columns, such as “app,https://example.com”.";
            case TAGS -> "Print a tag, or a tag and its description, such as “v2,with the new checkout”.";
            default -> "Print two columns, such as “image.tag,latest”.";
        };
    }
}
