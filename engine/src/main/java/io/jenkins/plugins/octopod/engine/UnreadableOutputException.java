package io.jenkins.plugins.octopod.engine;

/**
 * Thrown if a script succeeded, but its output violates the contract. The message is a sentence for the script's
 * author.
 */
public class UnreadableOutputException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableOutputException(ControlScript script, String what) {
        super("What “" + script + "” printed " + what + ". Print two columns, such as “"
                + (script == ControlScript.INFO ? "app,https://example.com" : "image.tag,latest") + "”.");
    }
}
