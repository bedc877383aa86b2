package io.jenkins.plugins.octopod.dashboard;

import io.jenkins.plugins.octopod.engine.RefusalException;

/** A refusal of what stands in one field of a form. */
class FieldRefusalException extends RefusalException {

    private static final long serialVersionUID = 1L;

    private final Refusal.Field field;

    FieldRefusalException(Refusal.Field field, RefusalException cause) {
        super(cause.getReason(), cause.getMessage(), cause);
        this.field = field;
    }

    Refusal.Field field() {
        return field;
    }
}
