package io.jenkins.plugins.octopod.engine;

import java.util.Objects;

/**
 * Thrown if a request is refused. The message is for the requester, and says what to do. Nothing has been stored or
 * run, except {@code config_check}.
 */
public class RefusalException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Reason of a refusal, for callers that handle reasons differently (an HTTP status, a field to mark). */
    public enum Reason {
        /** The staging's name violates the rule for names. */
        INVALID_NAME(400),
        /** An override or a setting is invalid. */
        INVALID_INPUT(400),
        /** {@code config_check} failed; the message is its output. */
        CONFIG_CHECK(400),
        /** A staging with this name already exists. */
        EXISTS(409),
        /** The project, staging or user doesn't exist. */
        UNKNOWN(404),
        /** The staging's status doesn't allow the action, or a run is in progress. */
        NOT_NOW(409),
        /** The controller is about to shut down. */
        SHUTTING_DOWN(503),
        /** An agent or a script that the request needs isn't available. */
        UNAVAILABLE(503);

        private final int httpStatus;

        Reason(int httpStatus) {
            this.httpStatus = httpStatus;
        }

        /** Returns the HTTP status of the response to a request refused for this reason, unless an API documents its own. */
        public int httpStatus() {
            return httpStatus;
        }
    }

    private final Reason reason;
    private final String summary;

    public RefusalException(Reason reason, String sentence) {
        super(sentence);
        this.reason = Objects.requireNonNull(reason);
        this.summary = sentence;
    }

    public RefusalException(Reason reason, String sentence, Throwable cause) {
        this(reason, sentence, sentence, cause);
    }

    /** @param summary sentence for other readers than the requester, see {@link #getSummary} */
    public RefusalException(Reason reason, String sentence, String summary, Throwable cause) {
        super(sentence, cause);
        this.reason = Objects.requireNonNull(reason);
        this.summary = summary;
    }

    public Reason getReason() {
        return reason;
    }

    /**
     * Returns the sentence for readers who might see less than the requester. It doesn’t name what needs a permission,
     * such as a setting of the project or a different staging.
     */
    public String getSummary() {
        return summary;
    }
}
