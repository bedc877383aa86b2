package io.jenkins.plugins.octopod.kubernetes.client;

import io.jenkins.plugins.octopod.ModuleInternal;
import java.io.IOException;

/** An API server sends more than the controller keeps in memory for it. The message contains nothing of what it sent. */
@ModuleInternal
public final class AnswerTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param limit in bytes */
    AnswerTooLargeException(long limit) {
        super("More than " + limit + " bytes");
    }
}
