package io.jenkins.plugins.octopod.pipeline.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a step does while something else is at work on its staging. */
@ModuleInternal
public enum WhenBusy {
    /** Waits for its turn. */
    WAIT,
    /** Fails at once. */
    FAIL,
    /** Aborts what is at work, and then takes its turn. */
    ABORT;

    /** Returns the value as Pipelines write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads what a Pipeline says.
     *
     * @param word null or empty for {@link #WAIT}
     * @throws RefusalException if it is none of the words
     */
    public static WhenBusy of(@CheckForNull String word) throws RefusalException {
        String given = Util.fixEmptyAndTrim(word);
        if (given == null) {
            return WAIT;
        }
        return Arrays.stream(values())
                .filter(value -> value.word().equals(given))
                .findFirst()
                .orElseThrow(() -> new RefusalException(
                        Reason.INVALID_INPUT,
                        Messages.WhenBusy_unknown(
                                given,
                                Arrays.stream(values())
                                        .map(value -> '“' + value.word() + '”')
                                        .collect(Collectors.joining(", ")))));
    }
}
