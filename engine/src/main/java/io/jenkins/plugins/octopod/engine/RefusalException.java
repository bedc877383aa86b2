package io.jenkins.plugins.octopod.engine;

import java.util.Objects;

/**
 * What was asked for is refused. The message is one sentence for the person who asked, and says what to do; when it is
 * thrown, nothing has been stored or run.
 */
public class RefusalException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why, for callers that answer differently by reason (an HTTP status, a field to mark). */
    public enum Reason {
        /** The staging's name breaks the rule for names. */
        INVALID_NAME,
        /** An override or a setting can't be understood. */
        INVALID_INPUT,
        /** {@code config_check} said no; the message is what it printed. */
        CONFIG_CHECK,
        /** A staging of this name is already there. */
        EXISTS,
        /** There is no such project, staging or user. */
        UNKNOWN,
        /** The staging's status doesn't allow it, or a run is working on the staging. */
        NOT_NOW,
        /** The controller is about to shut down. */
        SHUTTING_DOWN,
        /** Something that the request needs (an agent, a script) isn't there. */
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
