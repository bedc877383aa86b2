package io.jenkins.plugins.octopod.health;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.ask.ScriptInvocationResult;
import java.time.Duration;
import java.util.List;

/** What came of asking how a staging is. */
public sealed interface Observation {

    /** {@code check} answered. */
    record Checked(StagingProbe.ProbeResult probeResult) implements Observation {}

    /** {@code archive_check} answered; whether it says that the staging is put away. */
    record ArchiveChecked(boolean archived) implements Observation {}

    /** Links that a successful {@code info} printed. */
    record LinksRead(List<StagingLink> links) implements Observation {}

    /**
     * Failure of {@code info}: the script failed or its output is invalid. It contains no information about the status.
     */
    record LinksFailed(String sentence) implements Observation {}

    /**
     * Nobody could be asked.
     *
     * @param reason why
     */
    record Unknown(RestrictedMessage reason) implements Observation {

        /** @param sentence why, for every user */
        public Unknown(String sentence) {
            this(RestrictedMessage.unrestricted(sentence));
        }

        /** Returns why, without what only some users may read. */
        public String sentence() {
            return reason.summary();
        }
    }

    /**
     * What an answer says. A script that couldn't even be started says nothing of the staging.
     *
     * @param script {@code check}, {@code archive_check} or {@code info}
     * @param timeout that the script had
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
