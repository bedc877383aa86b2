package io.jenkins.plugins.octopod.scripts;

import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;

/**
 * Thrown if control scripts can't be used on an agent. The message is a sentence that says what to fix;
 * {@link #getMessage} returns the form that any user may read.
 */
public class ScriptFailureException extends Exception {

    private static final long serialVersionUID = 1L;

    private final RestrictedMessage restrictedMessage;

    public ScriptFailureException(String sentence) {
        this(RestrictedMessage.unrestricted(sentence));
    }

    public ScriptFailureException(RestrictedMessage message) {
        super(message.summary());
        this.restrictedMessage = message;
    }

    ScriptFailureException(String sentence, Throwable cause) {
        super(sentence, cause);
        this.restrictedMessage = RestrictedMessage.unrestricted(sentence);
    }

    /** Returns both forms of the message. */
    public RestrictedMessage restrictedMessage() {
        return restrictedMessage;
    }
}
