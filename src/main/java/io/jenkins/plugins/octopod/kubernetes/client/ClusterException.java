package io.jenkins.plugins.octopod.kubernetes.client;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;

/**
 * Thrown if a cluster can’t be used. The message is a sentence about the reason. It can contain names from the
 * project’s settings, so {@link #reason} also has a form without them.
 */
@ModuleInternal
public final class ClusterException extends Exception {

    private static final long serialVersionUID = 1L;

    private final RestrictedMessage reason;

    /**
     * Creates the exception.
     *
     * @param sentence sentence for users who may read the project’s settings; other users see that an administrator can
     *     find the reason
     */
    public ClusterException(String sentence) {
        this(sentence, null);
    }

    /** Creates the exception with a cause, see {@link #ClusterException(String)}. */
    public ClusterException(String sentence, Throwable cause) {
        this(restricted(sentence), cause);
    }

    private ClusterException(RestrictedMessage reason, Throwable cause) {
        super(reason.detail(), cause);
        this.reason = reason;
    }

    /** Returns an exception whose sentence any user may read. */
    static ClusterException unrestricted(String sentence) {
        return new ClusterException(RestrictedMessage.unrestricted(sentence), null);
    }

    /** Returns a message whose detail is for users who may read the project’s settings. */
    public static RestrictedMessage restricted(String detail) {
        return new RestrictedMessage(Messages.ClusterException_summary(), detail);
    }

    public RestrictedMessage reason() {
        return reason;
    }
}
