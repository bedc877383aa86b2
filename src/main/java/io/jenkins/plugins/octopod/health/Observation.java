package io.jenkins.plugins.octopod.health;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.ask.ScriptInvocationResult;
import java.time.Duration;
import java.util.List;

/** Result of checking a staging. */
public sealed interface Observation {

    /** Result of {@code check}. */
    record Checked(StagingProbe.ProbeResult probeResult) implements Observation {}

    /**
     * Result of {@code archive_check}.
     *
     * @param archived whether the staging is archived
     */
    record ArchiveChecked(boolean archived) implements Observation {}

    /** Links that a successful {@code info} printed. */
    record LinksRead(List<StagingLink> links) implements Observation {}

    /**
     * Failure of {@code info}: the script failed or its output is invalid. It contains no information about the status.
     */
    record LinksFailed(String sentence) implements Observation {}

    /**
     * The check couldn't be made.
     *
     * @param reason why it couldn't be made
     */
    record Unknown(RestrictedMessage reason) implements Observation {

        /**
         * Creates the observation.
         *
         * @param sentence reason that any user may read
         */
        public Unknown(String sentence) {
            this(RestrictedMessage.unrestricted(sentence));
        }

        /** Returns the reason without parts that only some users may read. */
        public String sentence() {
            return reason.summary();
        }
    }

    /**
     * Returns the observation from a script's result. A script that couldn't be started provides no information about
     * the staging.
     *
     * @param script {@code check}, {@code archive_check} or {@code info}
     * @param timeout time limit of the script
     */
    static Observation of(ControlScript script, ScriptInvocationResult invocationResult, Duration timeout) {
        ScriptResult result = invocationResult.result();
        if (result == null) {
            return new Unknown(invocationResult.error());
        }
        return switch (script) {
            case CHECK -> new Checked(StagingProbe.parse(result, timeout));
            case ARCHIVE_CHECK -> new ArchiveChecked(result.isSuccess());
            case INFO ->
                invocationResult.error().isEmpty()
                        ? linked(result, timeout)
                        : new LinksFailed(invocationResult.error());
            default -> throw new IllegalArgumentException(script + " doesn't say how a staging is");
        };
    }

    private static Observation linked(ScriptResult result, Duration timeout) {
        try {
            return new LinksRead(StagingProbe.links(result, timeout));
        } catch (ScriptFailureException e) {
            return new LinksFailed(e.getMessage());
        }
    }
}
