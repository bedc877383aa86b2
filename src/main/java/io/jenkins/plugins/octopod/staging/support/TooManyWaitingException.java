package io.jenkins.plugins.octopod.staging.support;

import io.jenkins.plugins.octopod.engine.RefusalException;

/** Refusal of a request because too many requests of its user, or of all users, wait for agents. */
public final class TooManyWaitingException extends RefusalException {

    private static final long serialVersionUID = 1L;

    TooManyWaitingException() {
        super(Reason.UNAVAILABLE, Messages.WaitingRequestThreads_tooMany());
    }
}
