package io.jenkins.plugins.octopod.dashboard.submission;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.dashboard.Refusal;

/**
 * What has become of one step so far.
 *
 * @param subject of the step
 * @param state how far it is
 * @param url where what was accepted can be looked at, from the root of Jenkins; null where there is nowhere
 * @param refusal why it wasn’t done; null unless it is {@link State#REFUSED}
 */
public record Outcome(
        String subject,
        State state,
        @CheckForNull String url,
        @CheckForNull Refusal refusal) {

    /** How far a step is. */
    public enum State {
        WAITING,
        RUNNING,
        ACCEPTED,
        REFUSED
    }

    static Outcome waiting(Step step) {
        return new Outcome(step.subject(), State.WAITING, null, null);
    }

    static Outcome running(Step step) {
        return new Outcome(step.subject(), State.RUNNING, null, null);
    }

    static Outcome accepted(Step step, @CheckForNull String url) {
        return new Outcome(step.subject(), State.ACCEPTED, url, null);
    }

    static Outcome refused(Step step, Refusal refusal) {
        return new Outcome(step.subject(), State.REFUSED, null, refusal);
    }
}
