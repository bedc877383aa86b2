package io.jenkins.plugins.octopod.dashboard.submission;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.dashboard.RefusalView;

/**
 * What has become of one step so far.
 *
 * @param subject of the step
 * @param state how far it is
 * @param url where what was accepted can be looked at, from the root of Jenkins; null where there is nowhere
 * @param refusal why it wasn’t done; null unless it is {@link State#REFUSED}
 */
public record TaskOutcome(
        String subject,
        State state,
        @CheckForNull String url,
        @CheckForNull RefusalView refusal) {

    /** How far a step is. */
    public enum State {
        WAITING,
        RUNNING,
        ACCEPTED,
        REFUSED
    }

    static TaskOutcome waiting(BackgroundTask backgroundTask) {
        return new TaskOutcome(backgroundTask.subject(), State.WAITING, null, null);
    }

    static TaskOutcome running(BackgroundTask backgroundTask) {
        return new TaskOutcome(backgroundTask.subject(), State.RUNNING, null, null);
    }

    static TaskOutcome accepted(BackgroundTask backgroundTask, @CheckForNull String url) {
        return new TaskOutcome(backgroundTask.subject(), State.ACCEPTED, url, null);
    }

    static TaskOutcome refused(BackgroundTask backgroundTask, RefusalView refusalView) {
        return new TaskOutcome(backgroundTask.subject(), State.REFUSED, null, refusalView);
    }
}
