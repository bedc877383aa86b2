package io.jenkins.plugins.octopod.staging.request;

import io.jenkins.plugins.octopod.engine.RefusalException;

/** Refusal of an update because the overrides have changed since the caller read them. */
public final class OverridesConflictException extends RefusalException {

    private static final long serialVersionUID = 1L;

    OverridesConflictException(String sentence) {
        super(Reason.NOT_NOW, sentence);
    }
}
