package io.jenkins.plugins.octopod.engine;

import java.util.Objects;

/**
 * Thrown if a request is refused. The message is one sentence for the requester, and says what to do. Nothing has been
 * stored or run.
 */
public class RefusalException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Reason of a refusal, for callers that handle reasons differently (an HTTP status, a field to mark). */
    public enum Reason {
        /** The staging's name violates the rule for names. */
        INVALID_NAME,
        /** An override or a setting is invalid. */
        INVALID_INPUT,
        /** {@code config_check} failed; the message is its output. */
        CONFIG_CHECK,
        /** A staging with this name already exists. */
        EXISTS,
        /** The project, staging or user doesn't exist. */
        UNKNOWN,
        /** The staging's status doesn't allow the action, or a run is in progress. */
        NOT_NOW,
        /** The controller is about to shut down. */
        SHUTTING_DOWN,
        /** An agent or a script that the request needs isn't available. */
        UNAVAILABLE
    }

    private final Reason reason;

    public RefusalException(Reason reason, String sentence) {
        super(sentence);
        this.reason = Objects.requireNonNull(reason);
    }

    public RefusalException(Reason reason, String sentence, Throwable cause) {
        super(sentence, cause);
        this.reason = Objects.requireNonNull(reason);
    }

    public Reason getReason() {
        return reason;
    }
}
