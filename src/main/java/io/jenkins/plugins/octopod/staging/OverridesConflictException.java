package io.jenkins.plugins.octopod.staging;

import io.jenkins.plugins.octopod.engine.RefusalException;

/** Somebody else has changed the overrides that an update was made from. */
public final class OverridesConflictException extends RefusalException {

    private static final long serialVersionUID = 1L;

    OverridesConflictException(String sentence) {
        super(Reason.NOT_NOW, sentence);
    }
}
