package io.jenkins.plugins.octopod.kubernetes.client;

import io.jenkins.plugins.octopod.ModuleInternal;
import java.io.IOException;

/**
 * Thrown if an API server sends more than the controller keeps in memory for it. The message contains nothing that the
 * server sent.
 */
@ModuleInternal
public final class AnswerTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param limit limit in bytes
     */
    AnswerTooLargeException(long limit) {
        super("More than " + limit + " bytes");
    }
}
