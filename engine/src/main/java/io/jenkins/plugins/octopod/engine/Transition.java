package io.jenkins.plugins.octopod.engine;

/**
 * Result of an event.
 *
 * @param status new status; null if the staging is deleted
 */
public record Transition(Status status) {

    /** The staging, its resources and its item are deleted. */
    public static final Transition GONE = new Transition(null);

    static Transition to(Status status) {
        return new Transition(status);
    }

    public boolean isGone() {
        return status == null;
    }
}
