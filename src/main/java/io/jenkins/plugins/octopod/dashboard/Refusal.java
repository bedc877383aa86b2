package io.jenkins.plugins.octopod.dashboard;

import io.jenkins.plugins.octopod.engine.RefusalException;

/**
 * A refusal as a page shows it.
 *
 * @param sentence for the person who asked
 * @param field of the form that it is about
 * @param statusCode of the HTTP answer
 */
public record Refusal(String sentence, Field field, int statusCode) {

    /** What of a form a refusal is about. */
    enum Field {
        NAME,
        DEPLOYMENT,
        APPLICATION,
        NONE
    }

    static Refusal of(RefusalException e) {
        return new Refusal(e.getMessage(), field(e), statusCode(e.getReason()));
    }

    private static Field field(RefusalException e) {
        if (e instanceof FieldRefusalException inField) {
            return inField.field();
        }
        return switch (e.getReason()) {
            case INVALID_NAME, EXISTS -> Field.NAME;
            default -> Field.NONE;
        };
    }

    private static int statusCode(RefusalException.Reason reason) {
        return switch (reason) {
            case INVALID_NAME, INVALID_INPUT, CONFIG_CHECK -> 400;
            case UNKNOWN -> 404;
            case EXISTS, NOT_NOW -> 409;
            case SHUTTING_DOWN, UNAVAILABLE -> 503;
        };
    }
}
