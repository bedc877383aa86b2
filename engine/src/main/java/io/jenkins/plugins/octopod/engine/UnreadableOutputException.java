package io.jenkins.plugins.octopod.engine;

/** A script ended well, but what it printed isn't what the contract says; the message is a sentence for its author. */
public class UnreadableOutputException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableOutputException(ControlScript script, String what) {
        super("What “" + script + "” printed " + what + ". Print two columns, such as “"
                + (script == ControlScript.INFO ? "app,https://example.com" : "image.tag,latest") + "”.");
    }
}
