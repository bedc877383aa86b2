package io.jenkins.plugins.octopod.dashboard.background;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView;

/**
 * Current outcome of a background task.
 *
 * @param subject subject of the task
 * @param state progress of the task
 * @param url URL of what was accepted, from the root of Jenkins, or {@code null} if there is none
 * @param refusal why the task was refused; {@code null} unless {@code state} is {@link State#REFUSED}
 */
public record TaskOutcome(
        String subject,
        State state,
        @CheckForNull String url,
        @CheckForNull RefusalView refusal) {

    /** Progress of a task. */
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

    /**
     * Returns the outcome with a shortened refusal.
     *
     * @param maxLength maximum length of the refusal in characters
     */
    TaskOutcome shortened(int maxLength) {
        return refusal == null ? this : new TaskOutcome(subject, state, url, refusal.shortened(maxLength));
    }

    /** Returns the approximate size in characters. */
    int weight() {
        return subject.length() + (url == null ? 0 : url.length()) + (refusal == null ? 0 : refusal.length());
    }
}
