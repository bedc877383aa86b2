package io.jenkins.plugins.octopod.staging.support;

import io.jenkins.plugins.octopod.engine.RefusalException;

/** A request was refused because too many requests wait for answers of agents, of its user or of all users. */
public final class TooManyWaitingException extends RefusalException {

    private static final long serialVersionUID = 1L;

    TooManyWaitingException() {
        super(Reason.UNAVAILABLE, Messages.WaitingRequestThreads_tooMany());
    }
}
