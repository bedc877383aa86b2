package io.jenkins.plugins.octopod.dashboard.operation;

import hudson.Util;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import java.util.List;

/**
 * Confirmation of a cleanup, which can’t be undone: users type the name of one staging, or the number of several
 * stagings.
 */
@ModuleInternal
public final class CleanupConfirmation {

    private CleanupConfirmation() {}

    /**
     * Checks the confirmation.
     *
     * @param stagings full names of the stagings
     * @throws RefusalException if the confirmation doesn’t match
     */
    public static void require(List<String> stagings, String typed) throws RefusalException {
        String expected = stagings.size() == 1 ? nameOf(stagings.get(0)) : String.valueOf(stagings.size());
        if (!expected.equals(Util.fixEmptyAndTrim(typed))) {
            throw new RefusalException(Reason.INVALID_INPUT, Messages.CleanupConfirmation_mismatch(expected));
        }
    }

    private static String nameOf(String fullName) {
        return fullName.substring(fullName.lastIndexOf('/') + 1);
    }
}
