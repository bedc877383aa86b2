package io.jenkins.plugins.octopod.dashboard;

import hudson.Util;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;

/**
 * Overrides as lines in a form.
 *
 * @param lines as they stand in the form
 * @param shown what the lines were before anybody typed
 */
record TypedOverrides(String lines, Overrides shown) {

    static TypedOverrides of(String lines) {
        return new TypedOverrides(normalized(lines), Overrides.NONE);
    }

    static TypedOverrides showing(Overrides overrides) {
        return new TypedOverrides(overrides.toString(), overrides);
    }

    TypedOverrides typed(String newLines) {
        return new TypedOverrides(normalized(newLines), shown);
    }

    /**
     * What the lines say; where nobody has changed them, exactly what they were made from, which may be more than lines
     * can say.
     */
    Overrides read(Refusal.Field field) throws RefusalException {
        if (lines.strip().equals(normalized(shown.toString()).strip())) {
            return shown;
        }
        try {
            return Overrides.parse(lines);
        } catch (RefusalException e) {
            throw new FieldRefusalException(field, e);
        }
    }

    boolean isLossy() {
        try {
            return !Overrides.parse(shown.toString()).equals(shown);
        } catch (RefusalException e) {
            return true;
        }
    }

    /** Browsers send another line break than they are given. */
    private static String normalized(String lines) {
        return Util.fixNull(lines).replace("\r\n", "\n");
    }
}
