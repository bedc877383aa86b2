package io.jenkins.plugins.octopod.scripts;

import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;

/**
 * Control scripts can't be used on an agent. The message is one sentence that says what to mend; {@link #getMessage} returns the form
 * for every user.
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

    /** Returns both forms of the message. */
    public RestrictedMessage restrictedMessage() {
        return restrictedMessage;
    }
}
