package io.jenkins.plugins.octopod.pipeline.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Behavior of a step while its staging is busy. */
@ModuleInternal
public enum WhenBusy {
    /** Waits until the staging is free. */
    WAIT,
    /** Fails immediately. */
    FAIL,
    /** Aborts the current action, and then submits its own request. */
    ABORT;

    /** Returns the value’s name in Pipelines. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the value with the name.
     *
     * @param word name of the value; null or empty for {@link #WAIT}
     * @throws RefusalException if no value has the name
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
